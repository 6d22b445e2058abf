package catalog

import (
	"fmt"
	"math"
	"strings"
	"testing"

	"github.com/quartet-ad/ad"
	"github.com/quartet-ad/ad/dual"
	"github.com/quartet-ad/ad/internal/golden"
	"github.com/quartet-ad/ad/internal/optest"
	"github.com/quartet-ad/ad/reverse"
	"github.com/quartet-ad/ad/symbolic"
	"gonum.org/v1/gonum/mat"
)

// TestExpressions holds random expressions against their golden derivatives up
// to the third, by every exact method.
func TestExpressions(t *testing.T) {
	cases, err := golden.Load("expressions")
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range cases {
		e, err := symbolic.Parse(c.Params["text"].(string))
		if err != nil {
			t.Errorf("%s: %v", c.ID, err)
			continue
		}
		if again, err := symbolic.Parse(e.String()); err != nil || again != e {
			t.Errorf("%s: %v reads back as %v, error %v", c.ID, e, again, err)
		}
		x := inputs(c, "x")
		value, grad, hess := c.Value.Floats(), inputsOf(c.Grads, "x"), inputsOf(c.Hess, "x,x")
		check := func(name string, y float64, g []float64, h *mat.SymDense) {
			optest.Within(t, c.ID+" "+name+" value", []float64{y}, value, 1e-13)
			optest.Within(t, c.ID+" "+name+" gradient", g, grad, 1e-12)
			optest.Within(t, c.ID+" "+name+" Hessian", mat.DenseCopyOf(h).RawMatrix().Data, hess, 1e-11)
		}
		g := make([]float64, len(x))
		y := dual.GradientTo(g, formulaOf[dual.Number](e, len(x)), x)
		check("dual", y, g, dual.Hessian(formulaOf[dual.Hyper](e, len(x)), x))
		y = reverse.GradientTo(g, formulaOf[reverse.Var](e, len(x)), x)
		check("reverse", y, g, reverse.Hessian(formulaOf[reverse.Var](e, len(x)), x))
		y = symbolic.GradientTo(g, formulaOf[symbolic.Expr](e, len(x)), x)
		check("symbolic", y, g, symbolic.Hessian(formulaOf[symbolic.Expr](e, len(x)), x))

		// The reference is a difference in 60-digit arithmetic, which leaves
		// some 1e-121 of a third derivative that is 0.
		third, want := thirdAlong(e, x, c.Direction.Floats()), c.Third.Float()
		if math.Abs(want) < 1e-100 {
			want = 0
		}
		optest.Within(t, c.ID+" third derivative", []float64{third}, []float64{want}, 1e-10)
	}
	if len(cases) != 150 {
		t.Errorf("%d cases, want 150", len(cases))
	}
}

func inputVars(n int) []symbolic.Expr {
	vars := make([]symbolic.Expr, n)
	for i := range vars {
		vars[i] = symbolic.Var(fmt.Sprintf("x%d", i))
	}
	return vars
}

// formulaOf returns the function of n variables that e denotes.
func formulaOf[T ad.Scalar[T]](e symbolic.Expr, n int) func([]T) T {
	return func(x []T) T { return symbolic.Eval(e, inputVars(n), x) }
}

// thirdAlong returns the third derivative of e in a direction: of e(x+t·d) in t.
func thirdAlong(e symbolic.Expr, x, direction []float64) float64 {
	s := symbolic.Var("t")
	line := make([]symbolic.Expr, len(x))
	for i := range x {
		line[i] = s.Const(x[i]).Add(s.Mul(s.Const(direction[i])))
	}
	f := symbolic.Eval(e, inputVars(len(x)), line)
	for range 3 {
		f = symbolic.D(f, s)
	}
	return float64(symbolic.Eval(f, []symbolic.Expr{s}, []ad.Real{0}))
}

// TestLosses holds the losses of reference_loss.go against PyTorch's values,
// gradients, directional derivatives and Hessian-vector products.
func TestLosses(t *testing.T) {
	cases, err := golden.Load("losses")
	if err != nil {
		t.Fatal(err)
	}
	const tolerance = 1e-12
	for _, c := range cases {
		names := lossInputs(c)
		x, grad := inputs(c, names...), inputsOf(c.Grads, names...)
		seed := []float64{1}
		if len(c.Seed.Data) > 0 {
			seed = c.Seed.Floats()
		}
		fd, fh, fr, fs := loss[dual.Number](t, c), loss[dual.Hyper](t, c), loss[reverse.Var](t, c), loss[symbolic.Expr](t, c)
		g := make([]float64, len(x))
		for name, value := range map[string][]float64{
			"dual":     dual.VJPTo(g, fd, x, seed),
			"reverse":  reverse.VJPTo(g, fr, x, seed),
			"symbolic": symbolic.VJPTo(g, fs, x, seed),
		} {
			optest.Within(t, c.ID+" "+name+" value", value, c.Value.Floats(), tolerance)
		}
		optest.Within(t, c.ID+" dual gradient", dual.VJP(fd, x, seed), grad, tolerance)
		optest.Within(t, c.ID+" reverse gradient", reverse.VJP(fr, x, seed), grad, tolerance)
		optest.Within(t, c.ID+" symbolic gradient", symbolic.VJP(fs, x, seed), grad, tolerance)
		if c.Tangents == nil {
			continue
		}
		v, jvp, hvp := inputsOf(c.Tangents, names...), c.JVP.Floats(), inputsOf(c.HVP, names...)
		toleranceJVP, toleranceHVP := tolerance, tolerance
		switch {
		case c.Op == "bce":
			// PyTorch adds 1e-12 to a denominator p(1-p) when it
			// differentiates again; its JVP is not the product of its own
			// gradient with the tangents to more than this.
			toleranceJVP, toleranceHVP = 1e-9, 1e-9
		case strings.HasPrefix(c.ID, "bce_logits_big/"):
			// PyTorch's curvature σ(1-σ) is 0 from logits of 37 on, where
			// the truth is some 1e-17; so is the largest entry here.
			hvp = append(hvp, 1)
		case c.Op == "cross_entropy" && c.Inputs["x"].Shape[1] == 1:
			// The loss of one class is 0 everywhere. Its JVP and its HVP are 0 by a
			// cancellation of tangents, which are of the order of 1.
			jvp, hvp = append(jvp, 1), append(hvp, 1)
		}
		for name, got := range map[string][]float64{
			"dual": dual.JVP(fd, x, v), "reverse": reverse.JVP(fr, x, v), "symbolic": symbolic.JVP(fs, x, v),
		} {
			if len(jvp) > len(got) {
				got = append(got, 1)
			}
			optest.Within(t, c.ID+" "+name+" JVP", got, jvp, toleranceJVP)
		}
		for name, got := range map[string][]float64{
			"dual":     dual.HVP(weighted(fh, seed), x, v),
			"reverse":  reverse.HVP(weighted(fr, seed), x, v),
			"symbolic": symbolic.HVP(weighted(fs, seed), x, v),
		} {
			if len(hvp) > len(got) {
				got = append(got, 1)
			}
			optest.Within(t, c.ID+" "+name+" HVP", got, hvp, toleranceHVP)
		}
	}
	if len(cases) != 170 {
		t.Errorf("%d cases, want 170", len(cases))
	}
}

// weighted returns the sum of the results of f weighted with w.
func weighted[T ad.Scalar[T]](f func([]T) []T, w []float64) func([]T) T {
	return func(x []T) T {
		sum := num[T](0)
		for i, y := range f(x) {
			sum = sum.Add(num[T](w[i]).Mul(y))
		}
		return sum
	}
}

// lossInputs returns the names of the differentiable inputs of a loss, in the
// order in which loss takes them.
func lossInputs(c golden.Case) []string {
	var names []string
	for _, name := range []string{"x", "p", "logp", "w", "a", "b", "target", "n", "var"} {
		if c.Op == "triplet" && name == "p" {
			continue
		}
		if _, ok := c.Inputs[name]; ok {
			names = append(names, name)
		}
	}
	if c.Op == "triplet" {
		return []string{"a", "p", "n"}
	}
	return names
}

// loss returns the function of a case, of its inputs one after the other.
func loss[T ad.Scalar[T]](t *testing.T, c golden.Case) func([]T) []T {
	names := lossInputs(c)
	var sizes []int
	for _, name := range names {
		sizes = append(sizes, len(c.Inputs[name].Data))
	}
	param := func(name string) float64 { return c.Params[name].(float64) }
	reduction, _ := c.Params["reduction"].(string)
	shape := c.Inputs[names[0]].Shape

	return func(x []T) []T {
		in := make([][]T, len(sizes))
		for i, n := range sizes {
			in[i], x = x[:n], x[n:]
		}
		target := constants[T](c.Const["target"])
		if len(in) > 1 {
			target = in[1]
		}
		pairs := func(f func(x, t T) T) []T { return reduce(each(in[0], target, f), reduction) }
		switch c.Op {
		case "mse":
			return pairs(squaredError[T])
		case "l1":
			return pairs(absoluteError[T])
		case "smooth_l1":
			return pairs(func(x, t T) T { return smoothL1(x, t, param("beta")) })
		case "huber":
			return pairs(func(x, t T) T { return huber(x, t, param("delta")) })
		case "log_cosh":
			return pairs(logCosh[T])
		case "bce":
			return pairs(binaryCrossEntropy[T])
		case "bce_with_logits":
			terms := each(in[0], target, func(x, t T) T { return binaryCrossEntropyLogits(x, t, param("pos_weight")) })
			if w, ok := c.Const["weight"]; ok {
				terms = each(terms, constants[T](w), func(x, w T) T { return w.Mul(x) })
			}
			return reduce(terms, reduction)
		case "cross_entropy":
			k := classesOf(c)
			return reduceClasses(crossEntropy(classRows(in[0], shape), k, param("label_smoothing")), k, reduction)
		case "nll":
			k := classesOf(c)
			return reduceClasses(negativeLogLikelihood(classRows(in[0], shape), k), k, reduction)
		case "cross_entropy_prob":
			return reduce(crossEntropyProb(rows(in[0], shape[1]), rows(target, shape[1]), param("label_smoothing")), reduction)
		case "kl_div":
			f := klDivergence[T]
			if c.Params["log_target"].(bool) {
				f = klDivergenceLog[T]
			}
			terms := each(in[0], target, f)
			if reduction == "batchmean" {
				return []T{ad.Sum(terms).Div(num[T](float64(shape[0])))}
			}
			return reduce(terms, reduction)
		case "focal_sigmoid":
			return pairs(func(x, t T) T { return focalSigmoid(x, t, param("alpha"), param("gamma")) })
		case "focal_softmax":
			return reduce(focalSoftmax(rows(in[0], shape[1]), classesOf(c), param("gamma")), reduction)
		case "soft_dice":
			k := len(in[0])
			if c.Params["per"] == "sample" {
				k /= shape[0]
			}
			ts := rows(target, k)
			var terms []T
			for i, p := range rows(in[0], k) {
				terms = append(terms, softDice(p, ts[i], param("smooth"), c.Params["squared_denominator"].(bool)))
			}
			return reduce(terms, "mean")
		case "tversky":
			ts := rows(target, shape[1])
			var terms []T
			for i, p := range rows(in[0], shape[1]) {
				terms = append(terms, tversky(p, ts[i], param("alpha_fp"), param("beta_fn"), param("smooth")))
			}
			return reduce(terms, "mean")
		case "hinge":
			return pairs(func(x, t T) T { return hinge(x, t, param("margin")) })
		case "squared_hinge":
			return pairs(func(x, t T) T { return squaredHinge(x, t, param("margin")) })
		case "soft_margin":
			return pairs(softMargin[T])
		case "multi_margin":
			var terms []T
			for i, row := range rows(in[0], shape[1]) {
				terms = append(terms, multiMargin(row, labels(c)[i], param("margin")))
			}
			return reduce(terms, reduction)
		case "cosine_similarity":
			var terms []T
			for i, a := range rows(in[0], shape[1]) {
				terms = append(terms, cosineSimilarity(a, rows(in[1], shape[1])[i], param("eps")))
			}
			return terms
		case "triplet":
			p, n := rows(in[1], shape[1]), rows(in[2], shape[1])
			var terms []T
			for i, a := range rows(in[0], shape[1]) {
				terms = append(terms, tripletMargin(a, p[i], n[i], param("margin")))
			}
			return reduce(terms, reduction)
		case "poisson_nll":
			return pairs(poissonNLL[T])
		case "gaussian_nll":
			terms := make([]T, len(in[0]))
			for i := range terms {
				terms[i] = gaussianNLL(in[0][i], in[1][i], in[2][i], param("eps"))
			}
			return reduce(terms, reduction)
		case "l1_reg":
			return []T{l1Penalty(in[0], param("lambda"))}
		case "l2_reg":
			return []T{l2Penalty(in[0], param("lambda"))}
		case "elastic_reg":
			return []T{elasticNet(in[0], param("lambda"), param("l1_ratio"))}
		}
		boxLosses := map[string]func(p, t []T, eps float64) T{
			"iou_loss": iouLoss[T], "iou_log_loss": iouLogLoss[T], "giou_loss": giouLoss[T], "diou_loss": diouLoss[T],
			"ciou_loss": func(p, t []T, eps float64) T { return ciouLoss(p, t, eps, nil) },
		}
		f, ok := boxLosses[c.Op]
		if !ok {
			t.Fatalf("%s: no loss is called %s", c.ID, c.Op)
		}
		var terms []T
		ts := rows(target, 4)
		for i, p := range rows(in[0], 4) {
			if c.Params["alpha_detached"] == true {
				alpha := detachedAlpha(c, i)
				terms = append(terms, ciouLoss(p, ts[i], param("eps"), &alpha))
				continue
			}
			terms = append(terms, f(p, ts[i], param("eps")))
		}
		return terms
	}
}

// detachedAlpha returns the α of the i-th pair of boxes of a case.
func detachedAlpha(c golden.Case, i int) float64 {
	box := func(name string) []ad.Real {
		var b []ad.Real
		for _, v := range c.Inputs[name].Floats()[4*i : 4*i+4] {
			b = append(b, ad.Real(v))
		}
		return b
	}
	p, t := box("p"), box("target")
	v, eps := aspect(p, t), c.Params["eps"].(float64)
	return float64(v / (iouLoss(p, t, eps) + v + ad.Real(eps)))
}

func constants[T ad.Scalar[T]](tensor golden.Tensor) []T {
	var x []T
	for _, v := range tensor.Floats() {
		x = append(x, num[T](v))
	}
	return x
}

func labels(c golden.Case) []int {
	var l []int
	for _, v := range c.Const["label"].Floats() {
		l = append(l, int(v))
	}
	return l
}

func classesOf(c golden.Case) classes {
	k := classes{label: labels(c), ignore: -1}
	if w, ok := c.Const["weight"]; ok {
		k.weight = w.Floats()
	}
	if i, ok := c.Params["ignore_index"].(float64); ok {
		k.ignore = int(i)
	}
	return k
}

// classRows returns the logits of every sample of an array [N, K] or
// [N, K, H, W]: its classes lie along the second axis.
func classRows[T any](x []T, shape []int) [][]T {
	inner := 1
	for _, n := range shape[2:] {
		inner *= n
	}
	k := shape[1]
	var r [][]T
	for n := range shape[0] {
		for i := range inner {
			row := make([]T, k)
			for j := range row {
				row[j] = x[(n*k+j)*inner+i]
			}
			r = append(r, row)
		}
	}
	return r
}
