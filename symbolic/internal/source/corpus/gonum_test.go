package corpus

import (
	"math"
	"testing"

	"github.com/quartet-ad/ad/compare"
	"github.com/quartet-ad/ad/internal/optest"
	"github.com/quartet-ad/ad/reverse"
	"gonum.org/v1/gonum/optimize/functions"
	"gonum.org/v1/gonum/stat/distuv"
)

// A gradient that gonum's authors wrote by hand. Some of them return it.
type (
	handGrad  interface{ Grad(grad, x []float64) }
	handGrads interface {
		Grad(grad, x []float64) []float64
	}
)

// gonums are the test functions of gonum/optimize/functions, all of them, beside their
// restatements.
var gonums = []struct {
	name string
	f    interface{ Func(x []float64) float64 }
	grad func(grad, x []float64) float64
	x    []float64
}{
	{"Beale", functions.Beale{}, bealeGrad, []float64{1.2, 0.7}},
	{"BiggsEXP2", functions.BiggsEXP2{}, biggs2Grad, []float64{1.1, 2.3}},
	{"BiggsEXP3", functions.BiggsEXP3{}, biggs3Grad, []float64{1.1, 2.3, 0.9}},
	{"BiggsEXP4", functions.BiggsEXP4{}, biggs4Grad, []float64{1.1, 2.3, 0.9, 1.2}},
	{"BiggsEXP5", functions.BiggsEXP5{}, biggs5Grad, []float64{1.1, 2.3, 0.9, 1.2, 0.8}},
	{"BiggsEXP6", functions.BiggsEXP6{}, biggs6Grad, []float64{1.1, 2.3, 0.9, 1.2, 0.8, 1.3}},
	{"Box3D", functions.Box3D{}, boxGrad, []float64{0.4, 9, 1.7}},
	{"BraninHoo", functions.BraninHoo{}, braninGrad, []float64{3.3, 2.1}},
	{"BrownBadlyScaled", functions.BrownBadlyScaled{}, brownScaledGrad, []float64{1.2, 0.7}},
	{"BrownAndDennis", functions.BrownAndDennis{}, brownDennisGrad, []float64{25, 5, -5, -1}},
	{"ExtendedPowellSingular", functions.ExtendedPowellSingular{}, extendedPowellGrad, []float64{3, -1, 0.2, 1, 2, 0.4, -0.3, 1.1}},
	{"ExtendedRosenbrock", functions.ExtendedRosenbrock{}, rosenbrockGrad, []float64{-1.2, 1, 0.3, 0.8}},
	{"Gaussian", functions.Gaussian{}, gaussianGrad, []float64{0.4, 1.1, 0.2}},
	{"GulfResearchAndDevelopment", functions.GulfResearchAndDevelopment{}, gulfGrad, []float64{5, 2.5, 0.15}},
	{"HelicalValley", functions.HelicalValley{}, helicalGrad, []float64{-1, 0.4, 0.3}},
	{"Linear", linearFunc{}, linearGrad, []float64{1, -2, 3.5}},
	{"PenaltyI", functions.PenaltyI{}, penaltyGrad, []float64{1, 2.2, 3, 4}},
	{"PenaltyII", functions.PenaltyII{}, penaltyTwoGrad, []float64{0.5, 0.4, 0.7, 0.6}},
	{"PowellBadlyScaled", functions.PowellBadlyScaled{}, powellBadGrad, []float64{0.3, 1.1}},
	{"Sphere", functions.Sphere{}, sphereGrad, []float64{1, -2, 3.5}},
	{"Trigonometric", functions.Trigonometric{}, trigonometricGrad, []float64{0.2, 0.3, -0.4}},
	{"VariablyDimensioned", functions.VariablyDimensioned{}, variablyGrad, []float64{0.5, 0.2, 0.1}},
	{"Watson", functions.Watson{}, watsonGrad, []float64{0.1, -0.2, 0.3, 0.4, 0.2, -0.1}},
	{"Wood", functions.Wood{}, woodGrad, []float64{-3, -1, -3.2, -1.1}},
	{"ConcaveRight", functions.ConcaveRight{}, concaveRightGrad, []float64{0.7}},
	{"ConcaveLeft", functions.ConcaveLeft{}, concaveLeftGrad, []float64{1.3}},
	{"Plassmann", functions.Plassmann{L: 39, Beta: 0.01}, oscillatingGrad, []float64{0.6}},
	{"YanaiOzawaKaneko", functions.YanaiOzawaKaneko{Beta1: 0.01, Beta2: 0.001}, wideGrad, []float64{0.6}},
	{"MinimalSurface", functions.NewMinimalSurface(6, 5), surfaceGrad, []float64{0.1, -0.2, 0.3, 0.2, 0.1, 0, -0.1, 0.2, 0.05, 0.15, -0.05, 0.2}},
	{"Ackley", functions.Ackley{}, ackleyGrad, []float64{0.3, -1.2, 2.1}},
	{"Bukin6", functions.Bukin6{}, bukinGrad, []float64{-9, 1.3}},
	{"CamelThree", functions.CamelThree{}, threeHumpGrad, []float64{1.2, 0.4}},
	{"CamelSix", functions.CamelSix{}, sixHumpGrad, []float64{1.2, 0.4}},
	{"CrossInTray", functions.CrossInTray{}, crossInTrayGrad, []float64{1.2, 0.4}},
	{"DixonPrice", functions.DixonPrice{}, dixonPriceGrad, []float64{1.2, 0.4, -0.9}},
	{"DropWave", functions.DropWave{}, dropWaveGrad, []float64{1.2, 0.4}},
	{"Eggholder", functions.Eggholder{}, eggholderGrad, []float64{120, -40}},
	{"GramacyLee", functions.GramacyLee{}, gramacyLeeGrad, []float64{0.83}},
	{"Griewank", functions.Griewank{}, griewankGrad, []float64{12, -4, 2}},
	{"HolderTable", functions.HolderTable{}, holderTableGrad, []float64{4.2, 3.1}},
	{"Langermann2", functions.Langermann2{}, langermannGrad, []float64{2.2, 1.4}},
	{"Levy", functions.Levy{}, levyGrad, []float64{1.4, -0.6, 2.2}},
	{"Levy13", functions.Levy13{}, levy13Grad, []float64{1.4, -0.6}},
	{"Rastrigin", functions.Rastrigin{}, rastriginGrad, []float64{1.4, -0.6}},
	{"Schaffer2", functions.Schaffer2{}, schaffer2Grad, []float64{1.4, -0.6}},
	{"Schaffer4", functions.Schaffer4{}, schaffer4Grad, []float64{1.4, -0.6}},
	{"Schwefel", functions.Schwefel{}, schwefelGrad, []float64{140, -60}},
	{"Shubert", functions.Shubert{}, shubertGrad, []float64{1.4, -0.6}},
}

// linearFunc returns its gradient, which optimize.Problem does not take.
type linearFunc struct{ functions.Linear }

// The edge of a minimal surface is where the exact solution has it.
func surfaceEdge() []float64 {
	s := functions.NewMinimalSurface(6, 5)
	edge := make([]float64, 30)
	for i := range 6 {
		for j := range 5 {
			edge[j*6+i] = s.ExactSolution(-0.5+float64(i)/5, -0.5+float64(j)/4)
		}
	}
	return edge
}

func surfaceGrad(grad, x []float64) float64 { return minimalSurfaceGrad(grad, x, surfaceEdge(), 6, 5) }

// TestGonum holds generated gradients of all of gonum's test functions against those that its
// authors wrote by hand, where there are any, and against differences of gonum's functions.
func TestGonum(t *testing.T) {
	hands := 0
	for _, g := range gonums {
		grad := make([]float64, len(g.x))
		y := g.grad(grad, g.x)
		optest.Within(t, g.name+": value", []float64{y}, []float64{g.f.Func(g.x)}, 1e-12)
		compare.TestGradient(t, g.f.Func, func(grad, x []float64) { g.grad(grad, x) }, g.x)
		hand := make([]float64, len(g.x))
		switch f := g.f.(type) {
		case handGrad:
			f.Grad(hand, g.x)
		case handGrads:
			f.Grad(hand, g.x)
		default:
			continue
		}
		hands++
		optest.Within(t, g.name+": gradient by hand", grad, hand, 1e-12)
	}
	if len(gonums) != 48 || hands != 28 {
		t.Errorf("%d functions, %d gradients by hand", len(gonums), hands)
	}
}

// TestMinimalSurface holds the surface, which has data, against the tape at both orders.
func TestMinimalSurface(t *testing.T) {
	edge, x := surfaceEdge(), gonums[28].x
	tape := func(x []reverse.Var) reverse.Var { return minimalSurfaceGeneric(x, edge, 6, 5) }
	grad, hvp, v := make([]float64, len(x)), make([]float64, len(x)), make([]float64, len(x))
	for i := range v {
		v[i] = 1 - 0.3*float64(i)
	}
	_, dot := minimalSurfaceHVP(grad, hvp, x, edge, 6, 5, v)
	y, along := minimalSurfaceJVP(x, edge, 6, 5, v)
	if want := minimalSurface(x, edge, 6, 5); !sameValue(y, want) {
		t.Errorf("value %v, want %v", y, want)
	}
	optest.Within(t, "gradient", grad, reverse.Gradient(tape, x), 1e-12)
	optest.Within(t, "HVP", hvp, reverse.HVP(tape, x, v), 1e-11)
	optest.Within(t, "derivative", []float64{dot}, []float64{along}, 1e-12)
}

// densities are the logarithms of densities that gonum/stat/distuv has, of the same numbers as
// their restatements: a number and parameters, or parameters. LogProb of Logistic leaves out the
// parameters, so that is the logarithm of Prob.
var densities = []struct {
	name string
	f    func(x []float64) float64
	grad func(grad, x []float64) float64
	x    []float64
}{
	{"Bernoulli", func(x []float64) float64 { return distuv.Bernoulli{P: x[0]}.LogProb(1) }, logBernoulliGrad, []float64{0.3}},
	{"Beta", func(x []float64) float64 { return distuv.Beta{Alpha: x[1], Beta: x[2]}.LogProb(x[0]) }, logBetaGrad, []float64{0.3, 2.2, 1.4}},
	{"Binomial", func(x []float64) float64 { return distuv.Binomial{N: 12, P: x[0]}.LogProb(5) }, logBinomialGrad, []float64{0.3}},
	{"Categorical", func(x []float64) float64 { return distuv.NewCategorical(x, nil).LogProb(1) }, logCategoricalGrad, []float64{0.3, 1.2, 0.7}},
	{"Chi", func(x []float64) float64 { return distuv.Chi{K: x[1]}.LogProb(x[0]) }, logChiGrad, []float64{1.3, 2.7}},
	{"ChiSquared", func(x []float64) float64 { return distuv.ChiSquared{K: x[1]}.LogProb(x[0]) }, logChiSquaredGrad, []float64{1.3, 2.7}},
	{"Exponential", func(x []float64) float64 { return distuv.Exponential{Rate: x[1]}.LogProb(x[0]) }, exponentialGrad, []float64{1.3, 2.7}},
	{"F", func(x []float64) float64 { return distuv.F{D1: x[1], D2: x[2]}.LogProb(x[0]) }, logFGrad, []float64{1.3, 2.7, 4.1}},
	{"Gamma", func(x []float64) float64 { return distuv.Gamma{Alpha: x[1], Beta: x[2]}.LogProb(x[0]) }, logGammaDensityGrad, []float64{1.3, 2.7, 0.6}},
	{"GumbelRight", func(x []float64) float64 { return distuv.GumbelRight{Mu: x[1], Beta: x[2]}.LogProb(x[0]) }, gumbelGrad, []float64{1.3, 0.7, 0.6}},
	{"InverseGamma", func(x []float64) float64 { return distuv.InverseGamma{Alpha: x[1], Beta: x[2]}.LogProb(x[0]) }, logInverseGammaGrad, []float64{1.3, 2.7, 0.6}},
	{"Laplace", func(x []float64) float64 { return distuv.Laplace{Mu: x[1], Scale: x[2]}.LogProb(x[0]) }, laplaceGrad, []float64{1.3, 0.7, 0.6}},
	{"Logistic", func(x []float64) float64 { return math.Log(distuv.Logistic{Mu: x[1], S: x[2]}.Prob(x[0])) }, logisticGrad, []float64{1.3, 0.7, 0.6}},
	{"LogNormal", func(x []float64) float64 { return distuv.LogNormal{Mu: x[1], Sigma: x[2]}.LogProb(x[0]) }, logNormalGrad, []float64{1.3, 0.7, 0.6}},
	{"Normal", func(x []float64) float64 { return distuv.Normal{Mu: x[1], Sigma: x[2]}.LogProb(x[0]) }, normalGrad, []float64{1.3, 0.7, 0.6}},
	{"Pareto", func(x []float64) float64 { return distuv.Pareto{Xm: x[1], Alpha: x[2]}.LogProb(x[0]) }, paretoGrad, []float64{1.3, 0.7, 1.6}},
	{"Poisson", func(x []float64) float64 { return distuv.Poisson{Lambda: x[0]}.LogProb(4) }, logPoissonGrad, []float64{2.3}},
	{"StudentsT", func(x []float64) float64 { return distuv.StudentsT{Mu: x[1], Sigma: x[2], Nu: x[3]}.LogProb(x[0]) }, logStudentsTGrad, []float64{1.3, 0.7, 0.6, 4.4}},
	{"Triangle", func(x []float64) float64 { return distuv.NewTriangle(x[1], x[2], x[3], nil).LogProb(x[0]) }, triangleGrad, []float64{1.3, 0.2, 3, 2.1}},
	{"Uniform", func(x []float64) float64 { return distuv.Uniform{Min: x[1], Max: x[2]}.LogProb(x[0]) }, uniformGrad, []float64{1.3, 0.7, 1.6}},
	{"Weibull", func(x []float64) float64 { return distuv.Weibull{K: x[1], Lambda: x[2]}.LogProb(x[0]) }, weibullGrad, []float64{1.3, 0.7, 1.6}},
}

// TestDensities holds generated gradients of log-densities against differences of gonum's, and
// against the scores, in the number and the parameters, that its authors wrote by hand.
func TestDensities(t *testing.T) {
	type scored interface {
		ScoreInput(x float64) float64
		Score(deriv []float64, x float64) []float64
	}
	scores := map[string]func(x []float64) scored{
		"Exponential": func(x []float64) scored { return distuv.Exponential{Rate: x[0]} },
		"Laplace":     func(x []float64) scored { return distuv.Laplace{Mu: x[0], Scale: x[1]} },
		"Normal":      func(x []float64) scored { return distuv.Normal{Mu: x[0], Sigma: x[1]} },
		"Triangle":    func(x []float64) scored { return distuv.NewTriangle(x[0], x[1], x[2], nil) },
		"Uniform":     func(x []float64) scored { return distuv.Uniform{Min: x[0], Max: x[1]} },
		"Weibull":     func(x []float64) scored { return distuv.Weibull{K: x[0], Lambda: x[1]} },
	}
	for _, d := range densities {
		grad := make([]float64, len(d.x))
		y := d.grad(grad, d.x)
		optest.Within(t, d.name+": value", []float64{y}, []float64{d.f(d.x)}, 1e-12)
		compare.TestGradient(t, d.f, func(grad, x []float64) { d.grad(grad, x) }, d.x)
		if score := scores[d.name]; score != nil {
			s := score(d.x[1:])
			optest.Within(t, d.name+": by hand", grad, append([]float64{s.ScoreInput(d.x[0])}, s.Score(nil, d.x[0])...), 1e-12)
		}
	}
	if len(densities) != 21 {
		t.Errorf("%d densities", len(densities))
	}
}
