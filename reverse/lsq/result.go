package lsq

// A Result is where the solver stopped, and why.
type Result struct {
	X         []float64
	Residuals []float64 // r(X), without weights
	Cost      float64   // ½ Σ ρ(w r²) at X
	Gradient  []float64 // of the cost at X

	// Optimality is the largest cosine between the residuals and a column of the Jacobian, both
	// weighted and with the loss, among the parameters that no bound holds: the gradient free of
	// units. Where all residuals vanish it says nothing.
	Optimality float64

	// Active says which bounds hold the parameters: −1 the lower one, 1 the upper one, 0 none.
	Active []int

	Status Status
	Stats

	at        *point // at X
	evaluator *evaluator
}

// Stats count what the solver did.
type Stats struct {
	Iterations  int // steps taken
	Evaluations int // of the residuals
	Jacobians   int
	Curvatures  int // by the polish
}
