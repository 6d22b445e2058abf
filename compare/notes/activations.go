package notes

import (
	"fmt"
	"html/template"
	"math"

	"github.com/quartet-ad/ad"
	"github.com/quartet-ad/ad/dual"
	"github.com/quartet-ad/ad/numeric"
	"github.com/quartet-ad/ad/reverse"
	"github.com/quartet-ad/ad/symbolic"
)

// An activation is a function as every engine takes it.
type activation struct {
	name   string
	number int // of its equation, or 0
	real   func(numeric.Real) numeric.Real
	dual   func(dual.Number) dual.Number
	jet    func(dual.Jet) dual.Jet
	tape   func(reverse.Var) reverse.Var
	paper  func(symbolic.Expr) symbolic.Expr
}

func rounded[T ad.Scalar[T]](f func(T, ...float64) T) func(T) T { return func(x T) T { return f(x) } }

// activationList has the five of section 2, and those that came after.
var activationList = []activation{
	{"Sigmoid", 7, ad.Sigmoid[numeric.Real], ad.Sigmoid[dual.Number], ad.Sigmoid[dual.Jet], ad.Sigmoid[reverse.Var], ad.Sigmoid[symbolic.Expr]},
	{"ReLU", 10, ad.ReLU[numeric.Real], ad.ReLU[dual.Number], ad.ReLU[dual.Jet], ad.ReLU[reverse.Var], ad.ReLU[symbolic.Expr]},
	{"Leaky ReLU, α = 0.1", 11, leaky[numeric.Real], leaky[dual.Number], leaky[dual.Jet], leaky[reverse.Var], leaky[symbolic.Expr]},
	{"Tanh", 12, ad.Tanh[numeric.Real], ad.Tanh[dual.Number], ad.Tanh[dual.Jet], ad.Tanh[reverse.Var], ad.Tanh[symbolic.Expr]},
	{"Softplus", 13, rounded(ad.Softplus[numeric.Real]), rounded(ad.Softplus[dual.Number]), rounded(ad.Softplus[dual.Jet]), rounded(ad.Softplus[reverse.Var]), rounded(ad.Softplus[symbolic.Expr])},
	{"ELU", 0, rounded(ad.ELU[numeric.Real]), rounded(ad.ELU[dual.Number]), rounded(ad.ELU[dual.Jet]), rounded(ad.ELU[reverse.Var]), rounded(ad.ELU[symbolic.Expr])},
	{"SELU", 0, ad.SELU[numeric.Real], ad.SELU[dual.Number], ad.SELU[dual.Jet], ad.SELU[reverse.Var], ad.SELU[symbolic.Expr]},
	{"CELU", 0, rounded(ad.CELU[numeric.Real]), rounded(ad.CELU[dual.Number]), rounded(ad.CELU[dual.Jet]), rounded(ad.CELU[reverse.Var]), rounded(ad.CELU[symbolic.Expr])},
	{"GELU", 0, ad.GELU[numeric.Real], ad.GELU[dual.Number], ad.GELU[dual.Jet], ad.GELU[reverse.Var], ad.GELU[symbolic.Expr]},
	{"SiLU", 0, ad.SiLU[numeric.Real], ad.SiLU[dual.Number], ad.SiLU[dual.Jet], ad.SiLU[reverse.Var], ad.SiLU[symbolic.Expr]},
	{"Mish", 0, ad.Mish[numeric.Real], ad.Mish[dual.Number], ad.Mish[dual.Jet], ad.Mish[reverse.Var], ad.Mish[symbolic.Expr]},
	{"Hard swish", 0, ad.HardSwish[numeric.Real], ad.HardSwish[dual.Number], ad.HardSwish[dual.Jet], ad.HardSwish[reverse.Var], ad.HardSwish[symbolic.Expr]},
	{"Softsign", 0, ad.Softsign[numeric.Real], ad.Softsign[dual.Number], ad.Softsign[dual.Jet], ad.Softsign[reverse.Var], ad.Softsign[symbolic.Expr]},
}

func leaky[T ad.Scalar[T]](x T) T { return ad.LeakyReLU(x, 0.1) }

// second returns the second derivative by the tape.
func (a activation) second(x float64) float64 {
	return reverse.Hessian(func(x []reverse.Var) reverse.Var { return a.tape(x[0]) }, []float64{x}).At(0, 0)
}

func (a activation) onPaper(x float64) float64 {
	return symbolic.Hessian(func(x []symbolic.Expr) symbolic.Expr { return a.paper(x[0]) }, []float64{x}).At(0, 0)
}

// draw draws value, slope and curvature: lines by dual numbers, and marks by the other three.
func (a activation) draw() template.HTML {
	title := a.name
	if a.number > 0 {
		title = fmt.Sprintf("%s (%d)", a.name, a.number)
	}
	p := newPlot(axes{x0: -4, x1: 4, y0: -1.2, y1: 2.2, title: title})
	p.key("k1", "value")
	p.key("k2", "slope")
	p.key("k3", "curvature")
	p.curve("k3", func(x float64) float64 { return dual.Derivatives(a.jet, x, 2)[2] })
	p.curve("k2", func(x float64) float64 { return dual.Derivative(a.dual, x) })
	p.curve("k1", func(x float64) float64 { return float64(a.real(numeric.Real(x))) })
	for k, x := range []float64{-3.25, -2.5, -1.75, -1.15, -0.6, 0.6, 1.15, 1.75, 2.5, 3.25} {
		switch k % 3 {
		case 0:
			p.dots("d4", 4, []float64{x, x}, []float64{reverse.Derivative(a.tape, x), a.second(x)})
		case 1:
			p.crosses("k4", []float64{x, x}, []float64{symbolic.Derivative(a.paper, x), a.onPaper(x)})
		default:
			p.dots("d1", 2.2, []float64{x, x}, []float64{numeric.Derivative(a.real, x), numeric.DerivativeN(a.real, x, 2)})
		}
	}
	return p.done(a.name + ": value, slope and curvature from −4 to 4.")
}

// apart returns how far the methods are apart between -4 and 4: the exact ones from dual's slopes and
// curvatures, and the differences.
func (a activation) apart() (exact, differences float64) {
	for _, x := range span(-3.85, 3.95, 26) { // no kink among them
		slope, curve := dual.Derivative(a.dual, x), dual.Derivatives(a.jet, x, 2)[2]
		exact = max(exact, math.Abs(reverse.Derivative(a.tape, x)-slope), math.Abs(symbolic.Derivative(a.paper, x)-slope),
			math.Abs(a.second(x)-curve), math.Abs(a.onPaper(x)-curve))
		differences = max(differences, math.Abs(numeric.Derivative(a.real, x)-slope))
	}
	return exact, differences
}

func activations(s *sheet) {
	s.p("A network of lines is a line. What makes it more is a function between the layers that bends. Training asks it for a value on the way forward and for a slope on the way back; methods of second order also ask for its curvature.")
	s.eq(7, "σ(x) = 1/(1 + e⁻ˣ)")
	s.eq(8, "σ′(x) = σ(x)·(1 − σ(x)) = σ(x)·σ(−x)")
	s.eq(10, "ReLU(x) = max(x, 0)")
	s.eq(11, "LeakyReLU(x) = max(x, 0) + α·min(x, 0),  0 < α < 1")
	s.eq(12, "tanh x = (eˣ − e⁻ˣ)/(eˣ + e⁻ˣ)")
	s.eq(13, "softplus(x) = log(1 + eˣ)")
	var pictures []template.HTML
	for _, a := range activationList {
		pictures = append(pictures, a.draw())
	}
	s.figure("Lines: value, slope and curvature by dual numbers. On the lines, each at points of its own: rings by the tape, crosses on paper, dots by differences of values. At a kink the methods have no derivative to find; they take a slope of 0 for the ReLU.", pictures...)
	var rows [][]string
	for _, a := range activationList {
		exact, differences := a.apart()
		rows = append(rows, []string{a.name, power(exact), power(differences)})
	}
	s.table("How far apart the methods are at most, at 27 points between −3.85 and 3.95", []string{"function", "dual, tape and paper", "differences, slope"}, rows)
	s.misprint(11, "it is called ReLU, like equation 10, and allows every α > 0. Above 1 it is no longer max(x, αx): at x = −3 and α = 2 one is −6 and the other −3.")

	s.h("What a computer makes of the formulas")
	s.p("On paper the formulas are right. In 53 bits some lose everything far out: 1 − σ is 0 as soon as σ has rounded to 1, and eˣ overflows above 709. The functions of this module are written in other words.")
	real := func(f func(ad.Real) ad.Real, x float64) string { return num(float64(f(ad.Real(x)))) }
	s.table("As printed, and as computed here", []string{"what", "at", "as printed", "here"}, [][]string{
		{"σ′ (8)", "40", real(func(x ad.Real) ad.Real { return ad.Sigmoid(x) * (1 - ad.Sigmoid(x)) }, 40), num(reverse.Derivative(ad.Sigmoid[reverse.Var], 40))},
		{"tanh (12)", "800", real(func(x ad.Real) ad.Real { return (ad.Exp(x) - ad.Exp(-x)) / (ad.Exp(x) + ad.Exp(-x)) }, 800), real(ad.Tanh[ad.Real], 800)},
		{"tanh′ = 1 − tanh²", "22", real(func(x ad.Real) ad.Real { return 1 - ad.Square(ad.Tanh(x)) }, 22), num(reverse.Derivative(ad.Tanh[reverse.Var], 22))},
		{"softplus (13)", "800", real(func(x ad.Real) ad.Real { return ad.Log(1 + ad.Exp(x)) }, 800), real(func(x ad.Real) ad.Real { return ad.Softplus(x) }, 800)},
		{"softplus (13)", "−40", real(func(x ad.Real) ad.Real { return ad.Log(1 + ad.Exp(x)) }, -40), real(func(x ad.Real) ad.Real { return ad.Softplus(x) }, -40)},
		{"softmax (9) of (800, 799)", "first", num(float64(ad.Exp(ad.Real(800)) / (ad.Exp(ad.Real(800)) + ad.Exp(ad.Real(799))))), num(float64(ad.Softmax(reals(800, 799))[0]))},
	})

	s.h("Softmax: shares of a whole")
	s.eq(9, "softmax(x)ᵢ = e^(xᵢ − m)/Σⱼ e^(xⱼ − m),  m = max x,  x ∈ Rᴷ")
	s.p("The softmax turns K numbers into shares that add up to 1. It is the vector x that lies in Rᴷ; each xᵢ is a number. To take the greatest away from all changes nothing but the overflow. Its Jacobian is diag(s) − s·sᵀ: what one share gains the others lose, so every row adds up to 0.")
	x := []float64{1, 2, 4, 3}
	shares := ad.Softmax(reals(x...))
	p := newPlot(axes{x0: 0.3, x1: 4.7, y0: 0, y1: 0.8, title: "softmax of (1, 2, 4, 3)", xTitle: ""})
	for i, v := range shares {
		p.bar("b1", float64(i+1), 0.6, float64(v))
		p.text(float64(i+1), float64(v), 0, -5, "middle", fix(float64(v), 3))
	}
	jac := reverse.Jacobian(ad.Softmax[reverse.Var], x)
	d := &drawing{w: 230, h: 250}
	d.text("ti", 0, 16, "start", "Its Jacobian, by the tape")
	for i := range 4 {
		for j := range 4 {
			class := "cell"
			if i == j {
				class = "c-on"
			}
			cx, cy := 54*float64(j), 34+44*float64(i)
			d.add(`<rect class="%s" x="%.0f" y="%.0f" width="54" height="44"/>`, class, cx, cy)
			d.text("", cx+27, cy+26, "middle", fix(jac.At(i, j), 3))
		}
	}
	s.figure("Shares, and how each moves when an element does.", p.done("Four bars, the third the tallest."), d.done("A matrix of four by four numbers, positive on the diagonal."))
	s.sources("Goodfellow, Bengio and Courville, Deep Learning (2016), chapters 4.1 and 6.3.", "Maas, Hannun and Ng, Rectifier nonlinearities improve neural network acoustic models (2013).",
		"Bertoin and others, Numerical influence of ReLU′(0) on backpropagation (2021), arXiv:2106.12915.", "Hendrycks and Gimpel, Gaussian error linear units (2016), arXiv:1606.08415.")
}

// power writes a small number as a power of ten that it is not above.
func power(x float64) string {
	if x == 0 {
		return "0"
	}
	return "≤ 10" + superscript(int(math.Ceil(math.Log10(x))))
}
