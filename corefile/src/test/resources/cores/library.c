/* Linked at an address of its own, as prelink does it. */
int library_answer(void) { return 42; }
