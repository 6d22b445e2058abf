package reverse

// Comparisons returns on how many comparisons (Less) of its variables the latest recording of f
// depends. With none, one recording holds everywhere. It is 0 too if the function cannot be
// replayed; see Err. Before the first point is known, it is the number at the origin.
//
// Cost: none, after the first recording.
func (f *Func) Comparisons() int {
	if p := f.latest(); p != nil {
		return len(p.Guards)
	}
	return 0
}
