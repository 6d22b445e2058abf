//go:build !purego

package kernel

// hasAVX2 and hasAVX512 say which assembly the processor and the operating
// system can run: AVX2 with FMA, and with it AVX-512 F, DQ, BW and VL and BMI2.
var hasAVX2, hasAVX512 = detect()

// detect follows the Intel 64 manual, volume 1, sections 14.3, 14.5.3, 14.7.1
// and 15.2 to 15.4.
func detect() (avx2, avx512 bool) {
	const (
		fma, osxsave, avx        = 1 << 12, 1 << 27, 1 << 28 // leaf 1, ECX
		bit2, bmi2               = 1 << 5, 1 << 8            // leaf 7, EBX
		f, dq, bw, vl            = 1 << 16, 1 << 17, 1 << 30, 1 << 31
		ymm, zmm          uint32 = 0x06, 0xe6 // XCR0
	)
	all := func(x, bits uint32) bool { return x&bits == bits }
	last, _, _, _ := cpuid(0, 0)
	_, _, c1, _ := cpuid(1, 0)
	if last < 7 || !all(c1, fma|osxsave|avx) {
		return false, false
	}
	_, b7, _, _ := cpuid(7, 0)
	saved := xgetbv()
	avx2 = all(b7, bit2) && all(saved, ymm)
	return avx2, allowAVX512 && avx2 && all(b7, bmi2|f|dq|bw|vl) && all(saved, zmm)
}
