package numeric

// PlainNumber returns f over float64.
func PlainNumber[F ~float64](f func(F) F) func(float64) float64 {
	return func(x float64) float64 { return float64(f(F(x))) }
}

// Plain returns f over float64, for the methods of a Scheme:
//
//	inside := numeric.Central.With(numeric.Settings{Lower: []float64{0, 0}})
//	inside.Gradient(numeric.Plain(rosenbrock[numeric.Real]), x)
//
// It may be called from many goroutines at once if f may.
//
// Cost: a copy of the argument for each call.
func Plain[F ~float64](f func([]F) F) func([]float64) float64 {
	return func(x []float64) float64 { return float64(f(converted([]F(nil), x))) }
}

// PlainVector returns f over float64. It may be called from many goroutines at once if f
// may.
//
// Cost: copies of the argument and of the result for each call.
func PlainVector[F ~float64](f func([]F) []F) func([]float64) []float64 {
	return func(x []float64) []float64 { return converted([]float64(nil), f(converted([]F(nil), x))) }
}
