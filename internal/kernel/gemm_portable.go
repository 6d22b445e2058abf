package kernel

import "unsafe"

// tileGo is a tileFunc for up to two rows and four columns. Products are rounded before
// they are added, by a conversion, so that all its loops have the same bits everywhere.
func tileGo[T float32 | float64](k int, a *T, ars, acs int, b *T, brs int, c *float64, ldc, rows, cols int, add bool) {
	var s [8]T
	if rows == 2 && cols == 4 {
		s = tile2x4(unsafe.Slice(a, ars+(k-1)*acs+1), ars, acs, unsafe.Slice(b, (k-1)*brs+4), brs, k)
	} else {
		for i := range rows {
			for j := range cols {
				var sum T
				for p := range k {
					sum += T(*at(a, i*ars+p*acs) * *at(b, p*brs+j))
				}
				s[4*i+j] = sum
			}
		}
	}
	storeSums(s[:], 4, c, ldc, rows, cols, add)
}

// storeSums writes or adds the sums of a tile to c.
func storeSums[T float32 | float64](sums []T, width int, c *float64, ldc, rows, cols int, add bool) {
	for i := range rows {
		row := unsafe.Slice(at(c, i*ldc), cols)
		for j, v := range sums[width*i:][:cols] {
			if add {
				row[j] += float64(v)
			} else {
				row[j] = float64(v)
			}
		}
	}
}

func tile2x4[T float32 | float64](a []T, ars, acs int, b []T, brs, k int) [8]T {
	var s0, s1, s2, s3, t0, t1, t2, t3 T
	ia, ib := 0, 0
	for range k {
		u, v := a[ia], a[ia+ars]
		r := b[ib : ib+4 : ib+4]
		s0 += T(u * r[0])
		s1 += T(u * r[1])
		s2 += T(u * r[2])
		s3 += T(u * r[3])
		t0 += T(v * r[0])
		t1 += T(v * r[1])
		t2 += T(v * r[2])
		t3 += T(v * r[3])
		ia += acs
		ib += brs
	}
	return [8]T{s0, s1, s2, s3, t0, t1, t2, t3}
}
