package reverse

import (
	"slices"
	"testing"

	"github.com/quartet-ad/ad"
	"github.com/quartet-ad/ad/internal/optest"
	"gonum.org/v1/gonum/mat"
)

// TestRecordAsWritten: what Record would share, fold, drop or merge is there, in the order
// of the function, and a product of a number with itself is a product.
func TestRecordAsWritten(t *testing.T) {
	f := func(x []Var) Var {
		one := ad.Const[Var](1)
		a := x[0].Mul(x[1])
		x[1].Div(x[0]) // dead
		b := x[0].Mul(x[1])
		c := a.Mul(one).Neg().Neg()
		s := c.Add(b).Sub(x[0]).Add(ad.Sin(x[1])).Add(ad.Sum(x)).Add(ad.Sum(x))
		return s.Mul(s)
	}
	var names []string
	written := RecordAsWritten(f, 2)
	x := []float64{2, 5}
	for _, op := range written.Ops(x) {
		names = append(names, op.Name)
		if op.Name == "sub" || op.Name == "div" {
			optest.Equal(t, op.Name, []int{op.Operands[0].Index, op.Operands[1].Index}, map[string][]int{"sub": {8, 0}, "div": {1, 0}}[op.Name])
		}
	}
	optest.Equal(t, "operations", names, []string{"input", "input", "mul", "div", "mul", "mul", "neg", "neg", "add", "sub", "sin", "add", "sum", "add", "sum", "add", "mul"})
	optest.Equal(t, "values", written.Eval(x), Record(f, 2).Eval(x))
	optest.Equal(t, "gradient", written.Gradient(x), Gradient(f, x))
	optest.Equal(t, "savings", written.Savings(), Savings{Recorded: 15, Kept: 15})
	y := make([]float64, 2)
	written.GradientBatchTo(make([]float64, 4), y, []float64{2, 5, 3, 4})
	optest.Equal(t, "a batch", y, []float64{written.Eval(x)[0], written.Eval([]float64{3, 4})[0]})
}

// TestWrittenOperators: every operator says of a function as it is written what it says of
// the smaller recording, but for rounding.
func TestWrittenOperators(t *testing.T) {
	x := []float64{0.5, 2, 3}
	written, small := RecordAsWritten(everything, 3), Record(everything, 3)
	optest.Within(t, "Jacobian", written.Jacobian(x).RawMatrix().Data, small.Jacobian(x).RawMatrix().Data, 1e-13)
	optest.Equal(t, "sparse Jacobian", written.SparseJacobian(x).Dense().RawMatrix().Data, written.Jacobian(x).RawMatrix().Data)
	smooth := func(x []Var) Var {
		return ad.Log(x[0]).Mul(x[1]).Add(x[2].Mul(x[2])).Add(x[2].Mul(x[2])).Sub(x[0].Mul(ad.Const[Var](1)))
	}
	written, small = RecordAsWritten(smooth, 3), Record(smooth, 3)
	h := mat.DenseCopyOf(small.Hessian(x)).RawMatrix().Data
	optest.Within(t, "Hessian", mat.DenseCopyOf(written.Hessian(x)).RawMatrix().Data, h, 1e-14)
	optest.Within(t, "sparse Hessian", mat.DenseCopyOf(written.SparseHessian(x)).RawMatrix().Data, h, 1e-14)
	optest.Within(t, "HVP", written.HVP(x, x), small.HVP(x, x), 1e-14)
}

// TestContributions: the sums that are left are the adjoints, and every term is added
// after its operation is complete.
func TestContributions(t *testing.T) {
	f := RecordAsWritten(everything, 3)
	w := []float64{1, 2, 3, 4, 5, 0, -1}
	for _, x := range [][]float64{{0.5, 2, 3}, {3, -1, 0.25}} {
		adjoint := make(map[int]float64)
		for i, op := range f.Ops(x, w...) {
			for _, k := range op.Results {
				adjoint[i] += w[k]
			}
		}
		last, n := int(^uint(0)>>1), 0
		for c := range f.Contributions(x, w...) {
			n++
			if c.From > last || c.To >= c.From || c.Adjoint != adjoint[c.From] {
				t.Fatalf("%+v after the operation %d, whose adjoint is %v", c, last, adjoint[c.From])
			}
			last = c.From
			adjoint[c.To] += c.Term
			optest.Equal(t, "sum", c.Sum, adjoint[c.To], optest.Bits())
		}
		if n < 20 {
			t.Errorf("%d contributions", n)
		}
		for i, op := range f.Ops(x, w...) {
			if op.Name != "constant" {
				optest.Within(t, op.Name, []float64{op.Adjoint}, []float64{adjoint[i]}, 1e-15)
			}
		}
		for range f.Contributions(x, w...) {
			break
		}
	}
}

// TestContributionsAtZero: where a quick sweep would multiply 0 with an infinite slope, a
// contribution follows the structure, as the gradient does.
func TestContributionsAtZero(t *testing.T) {
	f := func(x []Var) Var { return ad.Sqrt(x[0]).Mul(x[1]).Add(x[0].IfPos(ad.Log(x[0]), x[1])) }
	x := []float64{0, 2}
	got := make([]float64, 2)
	for c := range RecordAsWritten(f, 2).Contributions(x) {
		if c.To < 2 {
			got[c.To] = c.Sum
		}
	}
	optest.Equal(t, "gradient", got, Gradient(f, x))
}

func TestSeconds(t *testing.T) {
	f := func(x []Var) Var { return ad.Log(x[0]).Add(x[0].Mul(x[1])).Sub(ad.Sin(x[1]).Mul(x[0])) }
	x, v := []float64{2, 5}, []float64{0.5, -1}
	all := RecordAsWritten(f, 2).Seconds(x, v)
	optest.Equal(t, "rates", []float64{all[0].Rate, all[1].Rate}, HVP(f, x, v))
	optest.Equal(t, "adjoints", []float64{all[0].Adjoint, all[1].Adjoint}, Gradient(f, x))
	optest.Equal(t, "tangent", all[len(all)-1].Tangent, JVP(func(x []Var) []Var { return []Var{f(x)} }, x, v)[0])
	if i := slices.IndexFunc(all, func(s Second) bool { return s.Tangent != s.Tangent }); i >= 0 {
		t.Errorf("operation %d has no tangent", i)
	}
	float := RecordAsWritten(func(x []Var) Var { return ad.Const[Var](x[0].Float()) }, 1)
	if s := float.Seconds([]float64{1}, []float64{1}); s != nil {
		t.Errorf("%v of a function that cannot be replayed", s)
	}
}
