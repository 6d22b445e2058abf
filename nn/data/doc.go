// Package data reads, splits, shuffles and augments what networks are trained on, and
// holds some small sets of real data.
//
//	train, test := data.Digits().Split(rng, 0.8)
//	for i, b := range (&data.Loader{Set: train, Size: 32, Rand: rng}).Epoch() {
//		… b.X, b.Labels
//	}
//
// Randomness is always an explicit *rand.Rand: the same seed gives the same batches.
package data
