package fuzz

import (
	"math"
	"testing"

	"github.com/quartet-ad/ad"
	"github.com/quartet-ad/ad/compare"
	"github.com/quartet-ad/ad/dual"
	"github.com/quartet-ad/ad/numeric"
	"github.com/quartet-ad/ad/reverse"
	"github.com/quartet-ad/ad/symbolic"
)

// FuzzPrograms: the four methods agree about every program at every point.
func FuzzPrograms(f *testing.F) {
	AddSeeds(f)
	for _, x := range append(Special(), 1, -1) {
		// Kinks, ties, poles and branches, at numbers of every kind.
		for _, p := range []Program{
			program(1, st(apply, 0).of(ad.OpReLU), st(neg, 0), st(apply, 2).of(ad.OpReLU), st(sub, 1, 3)),
			program(1, st(mul, 0, 0), st(apply, 1).of(ad.OpSqrt)),
			program(1, st(apply, 0).of(ad.OpLog), st(apply, 1).of(ad.OpExp)),
			program(1, st(constant).value(x), st(apply2, 0, 1).of2(ad.OpMax), st(mul, 2, 0)),
			program(1, st(ifPos, 0, 0, 0), st(loop, 1).times(3, st(mul, 2, 2), st(constant).value(x), st(add, 3, 4))),
			program(1, st(sub, 0, 0), st(applyN, 1, 0, 1).many(ad.OpNorm2)),
			program(1, st(constant).value(x), st(div, 1, 0), st(applyN, 2, 0, 0).many(ad.OpLogSumExp)),
		} {
			f.Add(Encode(p, []float64{x}))
		}
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		p, x := Decode(data)
		if r := compare.Check(p.Func(), x); r.Verdict() == compare.Disagree {
			t.Errorf("%v\n%v\nbits %x", p, r, bits(x))
		}
	})
}

// bits returns what numbers are to the bit.
func bits(x []float64) []uint64 {
	b := make([]uint64, len(x))
	for i, v := range x {
		b[i] = math.Float64bits(v)
	}
	return b
}

// FuzzElementary: one function of package ad at any point. All methods have the
// same value to the bit; the judge finds nothing; where an argument is NaN so are
// the slopes; at a kink the slope is the agreed one.
func FuzzElementary(f *testing.F) {
	for i, op := range operations {
		switch n, _ := op.operands(); op.kind {
		case apply:
			for _, x := range append(Special(), 1, -1, 0.5, -3, 6) {
				f.Add(AppendFloat([]byte{byte(i)}, x))
			}
			for _, k := range op.one.Func().Kinks {
				f.Add(AppendFloat([]byte{byte(i)}, k.At))
			}
		case apply2, applyWith, applyN:
			for k, x := range Special() {
				for _, y := range []float64{0, 1, -0.5, x, Special()[(k+5)%16]} {
					f.Add(AppendFloat(AppendFloat([]byte{byte(i), byte(n)}, x), y))
				}
			}
		}
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		d := NewDecoder(data)
		i := int(d.Byte()) % len(operations)
		op := operations[i]
		n, c := 0, 0.0
		switch op.kind {
		case apply:
			n = 1
		case applyWith:
			n, c = 1, parameterUnit*float64(1+d.Byte()%64)
		case apply2:
			n = 2
		case applyN:
			n = 2 + 2*(int(d.Byte())%2)
		default:
			return // arithmetic has no conventions
		}
		s := statement{op: i, c: c}
		for k := range n {
			s.args = append(s.args, k)
		}
		p := Program{inputs: n, body: []statement{s}}
		elementary(t, p, op, d.Vector(n))
	})
}

func elementary(t *testing.T, p Program, op operation, x []float64) {
	if r := compare.Check(p.Func(), x); r.Verdict() == compare.Disagree {
		t.Errorf("%v\n%v\nbits %x", p, r, bits(x))
	}
	gradient := map[string][]float64{"dual": make([]float64, len(x)), "reverse": make([]float64, len(x)), "symbolic": make([]float64, len(x))}
	value := map[string]float64{
		"dual":     dual.GradientTo(gradient["dual"], over[dual.Number](p), x),
		"reverse":  reverse.GradientTo(gradient["reverse"], over[reverse.Var](p), x),
		"symbolic": symbolic.GradientTo(gradient["symbolic"], over[symbolic.Expr](p), x),
	}
	plain := value["dual"]
	if op.kind != applyN { // a tape computes those in another way
		plain = float64(Eval(p, reals(x)))
	}
	for name, y := range value {
		if op.kind != applyN && y != plain && (y == y || plain == plain) {
			t.Errorf("%s at %v: %v by %s, %v over floats", op.name(), x, y, name, plain)
		}
		g := gradient[name]
		if op.kind != apply {
			continue
		}
		if x[0] != x[0] && g[0] == g[0] {
			t.Errorf("%s has slope %v at NaN by %s", op.name(), g[0], name)
		}
		for _, k := range op.one.Func().Kinks {
			if x[0] == k.At && math.Abs(g[0]-k.Slope) > 1e-15*math.Abs(k.Slope) {
				t.Errorf("%s at its kink %v: slope %v by %s, want %v", op.name(), x, g[0], name, k.Slope)
			}
		}
	}
}

func reals(x []float64) []numeric.Real {
	y := make([]numeric.Real, len(x))
	for i, v := range x {
		y[i] = numeric.Real(v)
	}
	return y
}
