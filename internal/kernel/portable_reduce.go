package kernel

import "math"

// Sums in Go alone. Four at a time hide the latency of an addition.

func sumGo(n int, x *float64) float64 {
	var s [4]float64
	v := slice(x, n)
	for ; len(v) >= 4; v = v[4:] {
		s[0] += v[0]
		s[1] += v[1]
		s[2] += v[2]
		s[3] += v[3]
	}
	for i, u := range v {
		s[i] += u
	}
	return (s[0] + s[2]) + (s[1] + s[3])
}

func sumSqGo(n int, x *float64) float64 { return dotGo(n, x, x) }

func dotGo(n int, x, y *float64) float64 {
	var s [4]float64
	u, v := slice(x, n), slice(y, n)
	for ; len(v) >= 4 && len(u) >= 4; u, v = u[4:], v[4:] {
		s[0] += float64(u[0] * v[0])
		s[1] += float64(u[1] * v[1])
		s[2] += float64(u[2] * v[2])
		s[3] += float64(u[3] * v[3])
	}
	for i := range v {
		s[i] += float64(u[i] * v[i])
	}
	return (s[0] + s[2]) + (s[1] + s[3])
}

func greatestGo(n int, x *float64) float64 {
	m := math.Inf(-1)
	for _, v := range slice(x, n) {
		m = max(m, v)
	}
	return m
}

func sumExpGo(n int, x *float64, a float64) float64 {
	var s float64
	for _, v := range slice(x, n) {
		s += expGo(v + a)
	}
	return s
}
