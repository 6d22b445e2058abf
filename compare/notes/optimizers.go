package notes

import (
	"fmt"
	"html/template"
	"math"
	"slices"

	"github.com/quartet-ad/ad"
	"github.com/quartet-ad/ad/nn"
	"github.com/quartet-ad/ad/nn/optim"
	"github.com/quartet-ad/ad/reverse"
)

// valley is Rosenbrock's function with a milder bend: a curved valley, steep across and flat along,
// with its minimum of 0 at (1, 1).
func valley[T ad.Scalar[T]](x []T) T {
	a := ad.Const[T](1).Sub(x[0])
	b := x[1].Sub(x[0].Mul(x[0]))
	return a.Mul(a).Add(ad.Scale(b.Mul(b), 10))
}

func height(x []float64) float64 { return float64(valley(reals(x...))) }

// A walker is an optimizer, by its rate.
type walker struct {
	name string
	make func(rate float64) nn.Optimizer
	why  string
}

// walkers are all optimizers of package optim but L-BFGS, which is no Optimizer.
var walkers = []walker{
	{"SGD", func(r float64) nn.Optimizer { return &optim.SGD{Rate: r} }, "down the slope; small steps, or it is thrown across the valley"},
	{"Momentum", func(r float64) nn.Optimizer { return &optim.SGD{Rate: r, Momentum: 0.9} }, "steps add up along the valley and cancel across it"},
	{"Nesterov", func(r float64) nn.Optimizer { return &optim.SGD{Rate: r, Momentum: 0.9, Nesterov: true} }, "the same, with the slope a step ahead"},
	{"AdaGrad", func(r float64) nn.Optimizer { return optim.NewAdaGrad(r) }, "each parameter's step shrinks with all its past slopes"},
	{"AdaDelta", func(r float64) nn.Optimizer { o := optim.NewAdaDelta(); o.Rate = r; return o }, "no unit of length: steps scaled by past steps"},
	{"RMSProp", func(r float64) nn.Optimizer { return optim.NewRMSProp(r) }, "AdaGrad that forgets"},
	{"Rprop", func(r float64) nn.Optimizer { return optim.NewRprop(r) }, "signs alone: a step grows while the sign stays; the rate is that of the first step"},
	{"Adam", func(r float64) nn.Optimizer { return optim.NewAdam(r) }, "RMSProp with momentum, corrected for its start"},
	{"AMSGrad", func(r float64) nn.Optimizer { return optim.NewAMSGrad(r) }, "Adam whose steps never grow again"},
	{"AdamW", func(r float64) nn.Optimizer { return optim.NewAdamW(r, 0.01) }, "Adam with weight decay apart, which draws to 0"},
	{"Adamax", func(r float64) nn.Optimizer { return optim.NewAdamax(r) }, "Adam by the largest slope, not the mean square"},
	{"NAdam", func(r float64) nn.Optimizer { return optim.NewNAdam(r) }, "Adam with Nesterov's look ahead"},
	{"RAdam", func(r float64) nn.Optimizer { return optim.NewRAdam(r) }, "Adam that takes plain steps until its mean square can be trusted"},
	{"Lion", func(r float64) nn.Optimizer { return optim.NewLion(r) }, "the sign of a momentum: all steps are as long"},
}

// The map of the valley.
var valleyMap = axes{w: 256, h: 210, x0: -1.8, x1: 1.6, y0: -0.6, y1: 2, bare: true}

// onMap reports whether a whole path is on the map.
func onMap(path [][]float64) bool {
	return !slices.ContainsFunc(path, func(p []float64) bool {
		return !(p[0] >= valleyMap.x0 && p[0] <= valleyMap.x1 && p[1] >= valleyMap.y0 && p[1] <= valleyMap.y1)
	})
}

// best returns the walk that ends lowest, of those on the map at rates of 1, 2 and 5 times powers of ten.
func (w walker) best(start []float64, steps int) (rate float64, path [][]float64) {
	least := math.Inf(1)
	for _, power := range []float64{1e-4, 1e-3, 1e-2, 1e-1, 1, 10} {
		for _, factor := range []float64{1, 2, 5} {
			r := factor * power
			p := walk(w.make(r), start, steps, func(int) func([]reverse.Var) reverse.Var { return valley[reverse.Var] })
			if end := height(p[steps]); end < least && onMap(p) {
				least, rate, path = end, r, p
			}
		}
	}
	return rate, path
}

// lbfgs returns every point at which L-BFGS asks for the valley's height.
func lbfgs(start []float64) (path [][]float64) {
	p := nn.NewParam("x", 2)
	copy(p.Value, start)
	_, err := optim.NewLBFGS().Minimize([]*nn.Param{p}, func() float64 {
		path = append(path, append([]float64(nil), p.Value...))
		return reverse.GradientTo(p.Grad, valley[reverse.Var], p.Value)
	})
	if err != nil {
		panic(fmt.Sprintf("notes: %v", err)) // the valley is smooth
	}
	return path
}

func optimizers(s *sheet) {
	const steps = 100
	start := []float64{-1.3, 0.6}
	s.p("The Reviews leave this section empty. An optimizer turns gradients into steps. Plain gradient descent knows one rate for all directions; everything since then is about giving each direction its own, from gradients that were seen before.")
	s.eq(0, "f(x, y) = (1 − x)² + 10·(y − x²)²")
	s.p("All start at (−1.3, 0.6) in the same valley, which is steep across and flat along, and take %d steps with gradients of the tape. The minimum, marked with a cross, is at (1, 1). Each has the rate, of 1, 2 and 5 times powers of ten, at which it ends lowest without leaving the map. In another valley both rates and order would be others.", steps)

	levels := []float64{0.1, 0.5, 1.5, 4, 10, 20, 40, 80}
	draw := func(name string, path [][]float64, first bool) template.HTML {
		a := valleyMap
		a.title = name
		p := newPlot(a)
		if first {
			p.define("valley", p.contour(72, levels, func(x, y float64) float64 { return height([]float64{x, y}) }))
		} else {
			p.shared("valley")
		}
		xs, ys := columns(path)
		p.line("k1", xs, ys)
		p.dots("d1", 1.8, xs, ys)
		p.crosses("k5", []float64{1}, []float64{1})
		return p.done(fmt.Sprintf("The way of %s through the valley.", name))
	}
	var pictures []template.HTML
	var rows [][]string
	falls := make(map[string][]float64)
	for k, w := range walkers {
		rate, path := w.best(start, steps)
		pictures = append(pictures, draw(w.name, path, k == 0))
		rows = append(rows, []string{w.name, num(rate), num(height(path[10])), num(height(path[steps])), w.why})
		for _, x := range path {
			falls[w.name] = append(falls[w.name], height(x))
		}
	}
	path := lbfgs(start)
	pictures = append(pictures, draw("L-BFGS", path, false))
	rows = append(rows, []string{"L-BFGS", "", num(height(path[min(10, len(path)-1)])), num(height(path[len(path)-1])), fmt.Sprintf("curvature from past gradients, and line searches: done after %d evaluations", len(path))})
	s.figure("Every dot is a step; those of L-BFGS are evaluations, line searches included. The level lines are the same everywhere.", pictures...)
	s.table("The height that is left", []string{"optimizer", "rate", "after 10 steps", "at the end", "idea"}, rows)
	fall := newPlot(axes{w: 520, h: 300, x0: 0, x1: steps, y0: 1e-6, y1: 100, logY: true, title: "Height by steps", xTitle: "steps"})
	for k, name := range []string{"SGD", "Momentum", "RMSProp", "Adam"} {
		class := fmt.Sprintf("k%d", k+1)
		fall.line(class, span(0, steps, steps), falls[name])
		fall.key(class, name)
	}
	s.figure("Four of them. On the way to the lowest end the height may rise in between.", fall.done("The heights of four optimizers fall over a hundred steps."))

	s.h("Rates that change")
	s.p("A large rate is good at the start and bad at the end. A schedule changes it by steps; a warmup holds it low until the optimizer's means are worth something.")
	draw2 := func(title string, list map[string]nn.Schedule, order ...string) template.HTML {
		p := newPlot(axes{x0: 0, x1: 100, y0: 0, y1: 1.1, title: title, xTitle: "step"})
		for k, name := range order {
			class := fmt.Sprintf("k%d", k+1)
			var ys []float64
			for step := range 101 {
				ys = append(ys, list[name].Rate(step))
			}
			p.line(class, span(0, 100, 100), ys)
			p.key(class, name)
		}
		return p.done(title)
	}
	s.figure("Schedules of package optim, of a base rate of 1 over 100 steps.",
		draw2("Decays", map[string]nn.Schedule{"step": optim.StepDecay{Base: 1, Every: 25, Factor: 0.5}, "exponential": optim.ExponentialDecay{Base: 1, Factor: 0.97}, "cosine": optim.CosineDecay{Base: 1, Steps: 100}}, "step", "exponential", "cosine"),
		draw2("Warmup", map[string]nn.Schedule{"warmup, cosine": optim.WarmupCosine(1, 100), "one cycle": optim.NewOneCycle(1, 100)}, "warmup, cosine", "one cycle"),
		draw2("Again and again", map[string]nn.Schedule{"restarts": optim.WarmRestarts{Base: 1, Steps: 25, Factor: 1}, "cyclic": optim.Cyclic{Least: 0.1, Greatest: 0.8, Up: 20, Down: 20}}, "restarts", "cyclic"))
	s.sources("Polyak, Some methods of speeding up the convergence of iteration methods (1964).", "Nesterov, A method of solving a convex programming problem with convergence rate O(1/k²) (1983).", "Riedmiller and Braun, Rprop (1993).",
		"Duchi, Hazan and Singer, Adaptive subgradient methods (2011).", "Zeiler, ADADELTA (2012), arXiv:1212.5701.", "Tieleman and Hinton, RMSProp, lecture 6.5 of Neural networks for machine learning (2012).", "Kingma and Ba, Adam and Adamax (2015), arXiv:1412.6980.", "Dozat, Incorporating Nesterov momentum into Adam (2016).",
		"Reddi, Kale and Kumar, On the convergence of Adam and beyond (2018), arXiv:1904.09237.", "Loshchilov and Hutter, Decoupled weight decay (2019), arXiv:1711.05101, and SGDR (2017), arXiv:1608.03983.", "Liu and others, RAdam (2020), arXiv:1908.03265.", "Chen and others, Lion (2023), arXiv:2302.06675.", "Liu and Nocedal, On the limited memory BFGS method (1989).", "Smith, Cyclical learning rates (2017), arXiv:1506.01186.")
}
