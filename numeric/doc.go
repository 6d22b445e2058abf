// Package numeric differentiates by taking differences.
//
// It uses values of a function and no formula for any derivative, its own or
// another's: it is the witness that the exact methods are checked against. Every
// operator returns, if asked, an estimate of how wrong it may be.
//
//	g := numeric.Gradient(rosenbrock[numeric.Real], x) // rosenbrock is generic over ad.Scalar
//	r := numeric.DerivativeResult(math.Sin, 1)          // r.Value ± r.Err
//
// The instance rosenbrock[numeric.Real] must be spelled out, as it need not be for the
// other backends: functions of plain float64 are taken too, and Go does not choose
// between the two types. Bind chooses Real.
//
// # What to call
//
//	Derivative, Gradient, Jacobian, JVP, VJP,     by extrapolation: 11 to 14 digits of most first
//	Hessian, HVP, HessianDiag, Laplacian          derivatives, 8 to 11 of second ones
//	DerivativeResult, GradientResult, …           the same with estimates of the errors
//	GradientTo, HessianTo, …                      the same into storage of the caller, with f(x)
//	DerivativeN                                   orders up to 10
//	SparseJacobian, SparseHessian                 by a pattern, such as JacobianPattern finds
//	Richardson.With(Settings{…}).Gradient, …      inside of bounds, in a budget, for a noisy f, by workers
//	Central.Gradient, Forward.Gradient, …         one quotient: fewer evaluations and digits
//	Adaptive, Ridders                             more evaluations, for the last digits
//	ComplexStep, BicomplexStep, Taylor            all digits, of an f over complex128 or Bicomplex
//	Limit, Kink, Residue, Study                   what f is like at a point, and how steps do there
//
// A function of this package takes an f over any type whose underlying type is float64,
// and some twenty evaluations for a derivative. A Scheme has the same operators as
// methods: Forward, Backward, Central, FivePoint, SevenPoint and any Stencil take one
// quotient with a fixed step, RichardsonForward and RichardsonBackward extrapolate to one
// side only. Scheme.With sets the bounds of a domain, which f is never evaluated outside
// of, and what else there is in Settings.
//
//	inside := numeric.Richardson.With(numeric.Settings{Lower: []float64{-1}, Upper: []float64{1}})
//	inside.Derivative(math.Acos, -0.999)
//
// # Steps
//
// Extrapolation starts a quarter of |x| away from x, which is how far a function
// like the logarithm can be followed, or a quarter of 1, as suits one like the
// exponential: with the smaller of the two, and then, unless that has settled the
// matter, with the larger. From there the steps shrink by √5 until rounding in f
// spoils more than a smaller step gains. Steps that lead out of the domain of f,
// where it is infinite or not a number, are cut, and if f is finite to one side
// only, that side is used. f is not evaluated where a coordinate that is finite at x is
// infinite.
//
// # Errors
//
// The error of an extrapolated value has two parts: the rest of the series,
// judged by how the extrapolation settles, and rounding in f, which is a unit in
// the last place or, where successive quotients scatter by more, what makes them
// scatter so: f may be noisy. One more quotient, of a step far too small to be of
// use, guards against functions with more structure than the steps can see, and
// the difference between the quotients to the left and to the right shows kinks.
//
// Where f has a singularity, such as |x|^1.1 or x²·log|x| at or near 0, quotients
// converge as a fractional power of the step, or as its logarithm, in every column
// of the extrapolation. Such convergence may look settled long before it is. So its
// rate is read off successive quotients, and the estimate is the rest of the
// geometric series that they are: x+x^1.3 at 0 has the slope 1.003 ± 0.003. A rest
// of the size of the derivative itself, as for x^1.1, is Diverged, and so is a rate
// that leaves no end in sight. The difference between left and right is watched
// in the same way. A single quotient is judged by those of about half and a quarter of
// its step, and held against a few of far smaller steps: where two of them agree with
// each other and not with it, there is a kink or another structure between them and it,
// and else they are samples of the rounding in f. Where x is 0 and f is 0 there, a
// quotient of a step out of all proportion
// shows what the table cannot reach. A derivative that is not known to one part in 64 is
// held against quotients of ever smaller steps, down to the last place of x: a cusp
// may lie between x and the steps that found it.
//
// The estimate is meant as a bound, and seldom is exceeded. It cannot see what no
// value of f shows: structure between the points that were tried, a singular part
// of f that is below rounding at all steps, or an f that was rounded in steps so
// coarse that it looks constant. So a scheme of one side misses a kink that is so near that
// the change of f up to it is rounding, some places of f over the difference of the slopes;
// of a second derivative that distance is the square root of as many places. Only a kink at 0 is
// seen from next to it: where its steps lead past 0, such a scheme asks the other side as well. Nor do
// stairs show, whose steps are the last place of x.
//
// Values of f are taken to be as wrong as they are coarse: those of a function in float32 have at most
// 24 significant bits.
//
// # Functions
//
// f gets a fresh copy of the point for every evaluation and may change it; it
// must not keep it. It may return the same slice every time.
//
// # Concurrency
//
// The operators may be called from many goroutines at once. They keep nothing
// between calls but storage: the To forms allocate no more than the values that they
// return, after the first call. A panic of f is passed on as a PanicError, with the point
// where it happened, from other goroutines too; of several that of the first input.
//
// A result is the same bit by bit whatever the number of workers.
//
// # Files
//
//	derivative.go, gradient.go, jacobian.go,     the operators
//	jvp.go, vjp.go, hessian.go, hvp.go
//	nth.go, diagonal.go                          orders to 10; Hessian's diagonal, Laplacian
//	sparse.go, sparsehessian.go                  colored Jacobians; Hessians by their patterns
//	taylor.go, limit.go                          series by a circle; limits and residues
//	kink.go, study.go, studysvg.go               what f is like at a point, and what steps do there
//	complexstep.go, complexcurve.go, bicomplex.go  steps along imaginary axes
//	complexfunc.go, bicomplexfunc.go             functions for them
//	scheme.go, settings.go, plan.go              ways to take differences; bounds and budgets; which steps are tried
//	stencil.go, curve.go                         the quotients of first and second order
//	formula.go, product.go, weights.go           quotients of any points
//	quotient.go, witness.go                      one quotient, its estimate, and what is held against it
//	mirror.go, grid.go                           the other side of 0; values that are rounded coarsely
//	search.go, descent.go, table.go              extrapolation
//	pace.go, evidence.go, scan.go                what speaks against a limit
//	result.go, answer.go                         a value, its estimate and its status; what operators return
//	probe.go, bounds.go, panic.go, workers.go    evaluations: where, how often, by whom
//	corner.go, apart.go                          directions that lead out of the bounds both ways; outputs of other domains
//	function.go, plain.go, bind.go, direction.go functions, points and directions
//	store.go                                     storage that is used again
//	problem.go                                   gonum's optimize
package numeric
