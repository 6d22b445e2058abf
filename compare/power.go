package compare

import (
	"math"

	"github.com/quartet-ad/ad/compare/internal/rounding"
)

// power returns the least relative fault of a Slope that the comparison of exact methods
// would notice, by planting it in one row after the other: of the rows that occur, that
// of the one whose fault shows least. A fault ε of a slope changes an entry of the
// Jacobian by ε times what flows through that row.
func (e *evidence) power() float64 {
	t := e.trace
	if t == nil {
		return math.NaN()
	}
	m, n := len(e.w), len(e.x)
	best := map[any]float64{}
	axes := make([][]float64, n)
	for i := range axes {
		axes[i] = t.Tangent(axis(n, i))
	}
	for k := range m {
		b := t.Adjoint(axis(m, k))
		for i, d := range axes {
			flows := map[any]float64{}
			for id := range t.Statements {
				s := &t.Statements[id]
				switch s.Kind {
				case rounding.Apply:
					flows[s.Op.Func()] += s.Flow(b[id], d)
				case rounding.Apply2:
					flows[s.Op2.Func()] += s.Flow(b[id], d)
				}
			}
			limit := e.jacobian.limits[k*n+i].Err
			for row, flow := range flows {
				if least := limit / math.Abs(flow); flow != 0 && least == least { // or a fault there changes nothing
					if old, ok := best[row]; !ok || least < old {
						best[row] = least
					}
				}
			}
		}
	}
	worst := math.NaN()
	for _, p := range best {
		if !(p <= worst) {
			worst = p
		}
	}
	return worst
}
