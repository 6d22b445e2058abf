package kernel

import (
	"math"
	"math/rand/v2"
	"testing"

	"github.com/quartet-ad/ad/internal/optest"
)

// TestLanes: every kind of operation, lane by lane, to the bit; onto an operand too.
func TestLanes(t *testing.T) {
	onAll(t, func(t *testing.T) {
		r := rand.New(rand.NewPCG(1, 2))
		const count, n = 12, 300
		rows := make([]float64, count*Lanes)
		for i := range rows {
			rows[i] = r.NormFloat64()
		}
		copy(rows[3*Lanes+5:], []float64{0, math.Inf(1), math.NaN(), math.Copysign(0, -1), 1e308, 5e-324})
		want := append([]float64{}, rows...)
		ops := make([]LaneOp, n)
		for i := range ops {
			row := func() int32 { return r.Int32N(count) }
			ops[i] = LaneOp{r.Int32N(5), row(), row(), row(), row(), row()}
			op := ops[i]
			for j := range Lanes {
				at := func(k int32) float64 { return want[int(k)*Lanes+j] }
				want[int(op.Dst)*Lanes+j] = map[int32]float64{
					LanePair:    float64(at(op.A)*at(op.X)) + float64(at(op.C)*at(op.Y)),
					LaneProduct: at(op.A) * at(op.X), LaneSum: at(op.A) + at(op.X), LaneDifference: at(op.A) - at(op.X), LaneQuotient: at(op.A) / at(op.X),
				}[op.Kind]
			}
		}
		RunLanes(rows, ops)
		optest.Equal(t, "rows", rows, want, optest.Bits())
		RunLanes(rows, nil)

		for want, bad := range map[string]LaneOp{
			"kernel.RunLanes: operation 1 is {Kind:0 Dst:12 A:0 X:0 C:0 Y:0}, of 12 rows":   {Dst: count},
			"kernel.RunLanes: operation 1 is {Kind:1 Dst:0 A:-1 X:0 C:0 Y:0}, of 12 rows":   {Kind: LaneProduct, A: -1},
			"kernel.RunLanes: operation 1 is {Kind:0 Dst:0 A:0 X:0 C:0 Y:4096}, of 12 rows": {Y: 4096},
		} {
			optest.Panics(t, want, func() { RunLanes(rows, []LaneOp{{}, bad, {}}) })
		}
	})
}
