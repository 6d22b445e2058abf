// Package revolve plans how a long loop is differentiated backwards in little
// memory.
//
// A backward sweep needs the states of the loop in reverse order. Keeping all of
// them takes too much memory, and computing each from the start takes too much
// time. [Schedule] yields the plan that computes the fewest steps again when only
// a given number of states is kept: binomial checkpointing (Griewank and Walther,
// Algorithm 799: revolve, ACM Trans. Math. Softw. 26, 2000). [Run] follows it with
// functions of yours, and [Steps] says what it costs.
//
// The package knows nothing of tapes. TimeLoop of package reverse is a loop over
// its variables that runs on a schedule.
package revolve
