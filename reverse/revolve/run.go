package revolve

// Run takes a loop of n steps backwards by a [Schedule] with the given number of
// slots.
//
// state is state 0 at first. step takes it, in place, from state k to state k+1,
// and must do the same whenever it runs. back is called once for every k, from
// n-1 down to 0, with state k: there the caller differentiates step k, which takes
// an adjoint from after the step to before it. back may overwrite state, whose
// content after Run is unspecified.
//
// Cost: Steps(n, slots) calls of step, n of back, and the memory of min(n, slots)
// states.
//
// Run panics if n is negative, or if slots is less than 1.
func Run(n, slots int, state []float64, step, back func(k int, state []float64)) {
	var kept [][]float64
	for a := range Schedule(n, slots) {
		switch a.Kind {
		case Advance:
			for k := a.From; k < a.To; k++ {
				step(k, state)
			}
		case Store:
			if a.Slot == len(kept) {
				kept = append(kept, make([]float64, len(state)))
			}
			copy(kept[a.Slot], state)
		case Restore:
			copy(state, kept[a.Slot])
		case Back:
			back(a.From, state)
		}
	}
}
