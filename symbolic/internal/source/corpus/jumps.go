package corpus

import "math"

//go:generate go run github.com/quartet-ad/ad/symbolic/adgen -func labelled,labelledSwitch,deepJumps,copies,freshCopy,jumpsInHelper,partArgument,leavesSwitch -o jumps_adgen.go jumps.go
//go:generate go run github.com/quartet-ad/ad/symbolic/adgen -modes second -func labelled,labelledSwitch,deepJumps,copies,freshCopy,jumpsInHelper,partArgument,leavesSwitch -o jumps_hvp_adgen.go jumps.go

// labelled leaves two loops at once, and goes on with the outer one.
func labelled(x []float64) float64 {
	y, z := 1.0, 0.5
rows:
	for i := range x {
		for j := 0; j <= i; j++ {
			y = math.Sin(y*x[j]) + 0.3*y
			if y > 0.9 {
				z += y * x[i]
				continue rows
			}
			if y < -0.5 {
				z *= x[i]
				break rows
			}
			y += 0.1 * x[i] * z
		}
		z = z*math.Cos(y) + x[i]
	}
	return y*z + z
}

// labelledSwitch leaves a loop from a switch.
func labelledSwitch(x []float64) float64 {
	y := x[0]
loop:
	for i, v := range x {
		switch {
		case v > 1:
			y *= v
			break loop
		case i == 1:
			y += v * v
			continue loop
		}
		y = math.Tanh(y + v)
	}
	return y * y
}

// deepJumps jumps through three loops, from two of them, and returns from within.
func deepJumps(x []float64) float64 {
	y := x[0]
a:
	for i := range 3 {
	b:
		for j := range 3 {
			for k, v := range x {
				y = y*math.Cos(v) + 0.2*v
				switch {
				case i+j+k == 2 && y > 0.3:
					continue b
				case i*j == 2:
					continue a
				case y > 1.2:
					break b
				case y < -1.5:
					break a
				case y < -3:
					return y
				}
				y += 0.1 * y * v
			}
			y *= 1.1
		}
		y -= 0.3 * x[0]
	}
	return y * x[0]
}

// copies fills slices of its own.
func copies(x []float64) float64 {
	old, now := make([]float64, len(x)), make([]float64, len(x)+1)
	copy(now, x)
	for range 3 {
		copy(old, now)
		clear(now)
		for i := range old {
			now[i] += math.Sin(old[i])
			now[(i+1)%len(old)] += 0.5 * old[i] * old[i]
		}
	}
	sum := 0.0
	for _, v := range now {
		sum += v * v
	}
	return sum * old[0]
}

func freshCopy(x []float64) float64 {
	s := append([]float64(nil), x...)
	for i := 1; i < len(s); i++ {
		s[i] *= s[i-1]
	}
	t := append([]float64{}, s...)
	s[0] = 2
	return s[0] * t[0] * t[len(t)-1]
}

func search(x []float64, bound float64) float64 {
	best := 0.1
out:
	for i := range x {
		for j := range x {
			if x[i]*x[j] > bound {
				best = x[i] * x[j]
				break out
			}
		}
		best += x[i]
	}
	return best
}

func jumpsInHelper(x []float64) float64 {
	y := 0.0
	for i := range 2 {
		y += search(x, 0.5+float64(i)) * x[0]
	}
	return y
}

func squaresOf(v []float64) float64 {
	sum := 0.0
	for _, a := range v {
		sum += a * a
	}
	return sum
}

// partArgument passes parts of a slice on.
func partArgument(x []float64) float64 {
	s := append([]float64(nil), x...)
	s[0] *= x[1]
	return squaresOf(x[1:])*squaresOf(s) + math.Sin(squaresOf(x[:1]))
}

// leavesSwitch leaves a switch in the middle of a case, and goes on to the next one.
func leavesSwitch(x []float64) float64 {
	y := x[0]
	for i, v := range x {
		switch {
		case v < 0:
			if y > 1 {
				if i == 0 {
					y *= v
					break
				}
				y = math.Sin(y) * v
			}
			y += v * v
			fallthrough
		case i > 3:
			if y < v {
				break
			}
			y *= 1.5 * y
		case v > 2:
			y = y*v + 1
			if i == 1 {
				continue
			}
		default:
			y = math.Cos(y * v)
		}
		y = y*y + 0.1*v
	}
	return y
}
