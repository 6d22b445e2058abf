package symbolic

import (
	"math"
	"testing"

	"github.com/quartet-ad/ad"
)

// TestSoftmaxShort: what ad.Softmax and ad.LogSoftmax make of expressions is printed and
// simplified by the short names, and derived by them once it is simplified.
func TestSoftmaxShort(t *testing.T) {
	for n := 1; n <= 5; n++ {
		var x []Expr
		for i := range n {
			x = append(x, ad.Sin(Var(string(rune('a'+i))).Mul(number(2))))
		}
		soft, log := ad.Softmax(x), ad.LogSoftmax(x)
		for i := range x {
			entry := softmaxEntry(x, i)
			if soft[i].Spelled() != entry || Simplify(soft[i]) != Simplify(entry) {
				t.Errorf("entry %d of %d: %s, simplified %s", i, n, soft[i].Infix(), Simplify(soft[i]).Infix())
			}
			if want := x[i].Sub(ad.LogSumExp(x)); log[i].Spelled() != want {
				t.Errorf("entry %d of %d: %s, want %s", i, n, log[i].Infix(), want.Infix())
			}
			if soft[i] == entry {
				t.Error("ad.Softmax has other values at infinities, and is another expression")
			}
		}
	}
	x := []Expr{Var("x"), Var("y"), Var("x")} // twice the same
	for i, e := range ad.Softmax(x) {
		if e.Spelled() != softmaxEntry(x, i) && e.Spelled() != softmaxEntry(x, 2-i) {
			t.Errorf("entry %d: %s", i, e.Infix())
		}
	}
	a, b := Var("a"), Var("b")
	s := ad.Softmax([]Expr{a, b})
	for got, want := range map[Expr]string{
		s[0]:                                    "softmax_1(a, b)",
		ad.LogSoftmax([]Expr{a, b})[1]:          "b - logsumexp(a, b)",
		D(Simplify(s[0]), b):                    "-softmax_1(a, b)*softmax_2(a, b)",
		D(Simplify(ad.Log(s[0])), a):            "softmax_1(a, b)*(1 - softmax_1(a, b))/softmax_1(a, b)",
		Simplify(s[0].Add(s[1]).Mul(a)):         "a*(softmax_1(a, b) + softmax_2(a, b))",
		mustParse("fraction(a, b)"):             "a/(a + b)",
		mustParse("fraction(expdiff(a, b), c)"): "exp(a - b)/(exp(a - b) + c)",
	} {
		if got.Infix() != want {
			t.Errorf("%s, want %s", got.Infix(), want)
		}
	}
	// Nothing is computed in another way.
	for _, at := range [][]float64{{1, 2}, {math.Inf(-1), math.Inf(-1)}, {math.Inf(1), 0}, {800, -800}, {math.NaN(), 1}} {
		got, want := values(s, []Expr{a, b}, at), ad.Softmax([]ad.Real{ad.Real(at[0]), ad.Real(at[1])})
		for i := range got {
			if !same(got[i], float64(want[i])) {
				t.Errorf("softmax of %v: %v, want %v", at, got, want)
			}
		}
	}
}
