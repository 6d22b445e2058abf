package notes

import (
	"fmt"
	"math/rand/v2"
	"slices"

	"github.com/quartet-ad/ad"
	"github.com/quartet-ad/ad/nn/data"
	"github.com/quartet-ad/ad/nn/optim"
	"github.com/quartet-ad/ad/reverse"
)

// squares returns the squared errors of the line θ₀ + θ₁x on samples of a set, as their sum.
func squares[T ad.Scalar[T]](set *data.Set, samples []int) func(theta []T) T {
	return func(theta []T) (sum T) {
		for _, i := range samples {
			d := ad.Const[T](set.Target(i)[0]).Sub(theta[0]).Sub(ad.Scale(theta[1], set.Sample(i)[0]))
			sum = sum.Add(d.Mul(d))
		}
		return sum
	}
}

// meanSquares is equation 2 with the mean that it lacks.
func meanSquares[T ad.Scalar[T]](set *data.Set, samples []int) func(theta []T) T {
	sum := squares[T](set, samples)
	return func(theta []T) T { return ad.Scale(sum(theta), 1/float64(len(samples))) }
}

// descents are equations 4, 5 and 6: what a step looks at is all that tells them apart.
var descents = []struct {
	title         string
	batch, number int // samples in a step, and the equation's number
	steps         int
}{{"All samples (4)", 24, 4, 30}, {"One sample (5)", 1, 5, 120}, {"Batches of six (6)", 6, 6, 60}}

func descent(s *sheet) {
	const n, rate = 24, 0.12
	set := data.Curve(seeded(1), n, func(x float64) float64 { return 0.5 + 1.2*x }, -1, 2.2, 0.4)
	all := make([]int, n)
	for i := range all {
		all[i] = i
	}
	start := []float64{-1.6, -0.4}
	loss := func(theta []float64) float64 {
		return float64(meanSquares[ad.Real](set, all)(reals(theta...)))
	}

	s.p("Supervised learning starts from pairs of x and y, and looks for a rule that finds y from x. (Unsupervised learning has only x, and looks for structure; reinforcement learning has an environment that pays rewards.) The rule is chosen from a family, the model. What chooses it are the parameters θ.")
	s.eq(1, "Y = f(X; θ)")
	s.p("Here the family is all straight lines: θ has an intercept and a slope. A loss says how badly a line fits, and the best parameters are those with the least loss.")
	s.eq(2, "θ̂ = argmin L(θ),  L(θ) = (1/N) Σᵢ (yᵢ − θ·xᵢ)²")
	s.misprint(2, "it is a sum, and is called a mean. The minimum is the same. The gradient is not: it is N times as large, and equation 4 is that of the mean.")

	fit := newPlot(axes{x0: -1.2, x1: 2.4, y0: -2, y1: 4, title: "The samples, and the line found", xTitle: "x"})
	var xs, ys []float64
	for i := range n {
		xs, ys = append(xs, set.Sample(i)[0]), append(ys, set.Target(i)[0])
	}
	type result struct {
		path [][]float64
		size int
	}
	var results []result
	for _, d := range descents {
		rng := rand.New(rand.NewPCG(7, uint64(d.number)))
		path := walk(&optim.SGD{Rate: rate}, start, d.steps, func(int) func([]reverse.Var) reverse.Var {
			batch := rng.Perm(n)[:d.batch]
			slices.Sort(batch)
			return meanSquares[reverse.Var](set, batch)
		})
		results = append(results, result{path, d.batch})
	}
	best := results[0].path[len(results[0].path)-1]
	fit.curve("k4", func(x float64) float64 { return start[0] + start[1]*x })
	fit.curve("k1", func(x float64) float64 { return best[0] + best[1]*x })
	fit.dots("d2", 3, xs, ys)
	fit.text(-0.7, start[0]-start[1]*0.7, 0, 18, "start", "start")

	s.figure(fmt.Sprintf("%d samples. The line at the start has a loss of %s, the one found after 30 steps one of %s. A line has two numbers, so every line is a point of the maps below.", n, num(loss(start)), num(loss(best))),
		fit.done("24 samples around a rising line, the line at the start and the line found."))

	s.h("Against the slope")
	s.p("Gradient descent goes against the derivative of the loss, by a rate λ. The derivative comes from the tape: one sweep gives it for all parameters.")
	s.eq(3, "θ ← θ − λ · dL/dθ(θ)")
	s.eq(4, "θ ← θ + λ · (1/N) Σᵢ 2(yᵢ − θxᵢ)xᵢ")
	s.p("A step may look at fewer samples. One, drawn uniformly, gives a step that is right on average; a batch gives one that also scatters less.")
	s.eq(5, "θ ← θ + λ · 2(yᵢ − θxᵢ)xᵢ")
	s.eq(6, "θ ← θ + λ · (1/|B|) Σ 2(y − θx)x over the samples in B")
	s.descentMaps(loss, start, best, func(k int) [][]float64 { return results[k].path })

	price := newPlot(axes{x0: 0, x1: 360, y0: 0.1, y1: 5, logY: true, title: "Loss by samples looked at", xTitle: "samples"})
	for k, r := range results {
		var xs, ys []float64
		for i, p := range r.path {
			xs, ys = append(xs, float64(i*r.size)), append(ys, loss(p))
		}
		class := fmt.Sprintf("k%d", k+1)
		price.line(class, xs, ys)
		price.key(class, []string{"all", "one", "six"}[k])
	}
	s.figure("The same three walks, by how many samples they have looked at. Small steps on few samples are soon near the minimum, and then wander around it.", price.done("The loss of the three walks falls with the samples that they have seen."))

	s.h("The sum takes steps that are too long")
	gradient := func(f func([]reverse.Var) reverse.Var) []float64 { return reverse.Gradient(f, start) }
	mean, sum := gradient(meanSquares[reverse.Var](set, all)), gradient(squares[reverse.Var](set, all))
	var rows [][]string
	long := walk(&optim.SGD{Rate: rate}, start, 8, func(int) func([]reverse.Var) reverse.Var { return squares[reverse.Var](set, all) })
	for _, k := range []int{0, 1, 2, 4, 8} {
		rows = append(rows, []string{fmt.Sprint(k), num(loss(results[0].path[k])), num(loss(long[k]))})
	}
	s.p("At the start the gradient of the mean is (%s, %s), and that of the sum (%s, %s), which is %s times as long. At the same rate of %g one walk comes down and the other is thrown out of the valley.", num(mean[0]), num(mean[1]), num(sum[0]), num(sum[1]), num(sum[0]/mean[0]), rate)
	s.table("The loss after so many steps", []string{"steps", "mean, equation 4", "sum, equation 2 as printed"}, rows)
	s.sources("Goodfellow, Bengio and Courville, Deep Learning (2016), chapters 5 and 8.", "Robbins and Monro, A stochastic approximation method (1951).")
}

// descentMaps draws the walks on maps of the loss.
func (s *sheet) descentMaps(loss func([]float64) float64, start, best []float64, walk func(k int) [][]float64) {
	var figure []*plot
	for k := range descents {
		path := walk(k)
		p := newPlot(axes{x0: -2, x1: 2, y0: -0.8, y1: 2.4, title: descents[k].title, xTitle: "intercept"})
		p.levels(p.contour(48, []float64{0.2, 0.35, 0.7, 1.4, 2.5, 4, 6, 8.5}, func(a, b float64) float64 { return loss([]float64{a, b}) }))
		xs, ys := columns(path)
		p.line("k1", xs, ys)
		p.dots("d1", 1.9, xs, ys)
		p.text(start[0], start[1], 0, -8, "middle", "start")
		p.crosses("k5", best[:1], best[1:])
		figure = append(figure, p)
	}
	s.figure("Level lines of the loss over intercept and slope, and the way of each rule from the same start at the same rate. The cross is where the first one ends.",
		figure[0].done("Gradient descent walks straight into the valley."), figure[1].done("Steps on one sample wander."), figure[2].done("Steps on batches wander less."))
}
