package dual

import "github.com/quartet-ad/ad/internal/check"

// HVP returns the Hessian of f at x times the vector v, without forming the
// Hessian. An input whose entry in v is 0 does not move.
//
// Cost: n+1 evaluations of f on Hypers for n inputs; see package reverse for a
// cost that does not grow with them.
//
// HVP panics if x and v differ in length.
func HVP(f func([]Hyper) Hyper, x, v []float64) []float64 {
	check.Length("dual.HVP", "v", len(v), len(x))
	dst := make([]float64, len(x))
	HVPTo(dst, f, x, v)
	return dst
}

// HVPTo writes the Hessian of f at x times the vector v to dst and returns f(x).
// f must not keep its argument.
//
// Cost: as HVP, and no allocation in steady state.
//
// HVPTo panics if dst, x and v differ in length.
func HVPTo(dst []float64, f func([]Hyper) Hyper, x, v []float64) float64 {
	check.Length("dual.HVPTo", "dst", len(dst), len(x))
	check.Length("dual.HVPTo", "v", len(v), len(x))
	s := newSeconds("HVPTo", f, x)
	defer s.end()
	for i := range x {
		vars := s.start()
		for k := range vars {
			vars[k].e1 = v[k] + 0
		}
		vars[i].e2 = 1
		s.g[i] = f(vars).e12 + 0
	}
	copy(dst, s.g) // dst may be x or v
	return s.value
}
