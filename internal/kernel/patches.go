package kernel

// The matrix of patches has a row for every channel and entry of a kernel, and a
// column for every entry of y that is asked for: the entry of x that meets there,
// or 0 in the padding.

// patchBlock is how many entries of it are made at a time: they stay in the
// second cache.
const patchBlock = 1 << 16

// gather writes the patches of channels x, for rows from to end of y.
func (c *convolution) gather(patches, x []float64, channels, from, end int) {
	c.lines(channels, from, end, func(patch, at, low, high, line int) {
		dst := patches[patch:][:c.ow]
		if line < 0 {
			clear(dst)
			return
		}
		clear(dst[:low])
		clear(dst[high:])
		if low >= high {
			return
		}
		if src := x[at:]; c.StrideW == 1 {
			copy(dst[low:high], src)
		} else {
			for i := range dst[low:high] {
				dst[low+i] = src[i*c.StrideW]
			}
		}
	})
}

// scatter adds the patches to the channels x.
func (c *convolution) scatter(x, patches []float64, channels, from, end int) {
	c.lines(channels, from, end, func(patch, at, low, high, line int) {
		if line < 0 || low >= high {
			return
		}
		src, dst := patches[patch+low:patch+high], x[at:]
		if c.StrideW == 1 {
			use.add(len(src), &dst[0], &dst[0], &src[0])
			return
		}
		for i, v := range src {
			dst[i*c.StrideW] += v
		}
	})
}

// lines calls f with every stretch of a row of patches that is a row of y: where
// it begins; where in x its first entry outside of the padding lies; from and to
// where there are such entries; and the row of x, or -1 in the padding.
func (c *convolution) lines(channels, from, end int, f func(patch, at, low, high, line int)) {
	patch := 0
	for channel := range channels {
		for kh := range c.KH {
			for kw := range c.KW {
				shift := kw*c.DilationW - c.PadW // from column j·stride of y to that of x
				low := min(c.ow, max(0, (-shift+c.StrideW-1)/c.StrideW))
				high := min(c.ow, max(low, (c.W-shift+c.StrideW-1)/c.StrideW))
				if c.W <= shift {
					high = low
				}
				for row := from; row < end; row++ {
					line := row*c.StrideH + kh*c.DilationH - c.PadH
					at := 0
					if line < 0 || line >= c.H {
						line = -1
					} else if low < high {
						at = (channel*c.H+line)*c.W + low*c.StrideW + shift
					}
					f(patch, at, low, high, line)
					patch += c.ow
				}
			}
		}
	}
}
