// Package notes is a course in deep learning that computes everything it shows: a chapter for
// every section of Ao Zhang's Deep Learning Reviews (2021), as a page and as text.
//
//	go run ./compare/explain -notes                    lists the chapters
//	go run ./compare/explain -notes activations        prints one
//	go run ./compare/explain -notes -html DIR          writes all of them as pages
//
// Every numbered equation of the Reviews has an Example here, Example_equation01 to
// Example_equation34. Where an equation is wrong as printed, the Example shows what it gives,
// and what is right. Exercises are in folder exercises.
//
// # Files
//
// What chapters are made of:
//
//	chapter.go, pages.go, text.go                  the chapters; as pages, as text
//	sheet.go                                       paragraphs, equations, tables, figures
//	plot.go, contour.go, grid.go, picture.go       curves; level lines; small arrays; images with boxes
//	learn.go                                       small networks, trained
//
// The chapters, in their order:
//
//	descent.go             equations 1 to 6: models, losses, gradient descent
//	activations.go         equations 7 to 13
//	normalization.go       equations 14 to 17
//	overfitting.go         equations 18 and 19, Figure 1
//	dropout.go             Algorithm 1
//	losses.go              equations 20 to 22, and the losses that are only named
//	differences.go         equation 23, and differentiation on paper (Figure 2)
//	dualnumbers.go         equations 24 to 27
//	autodiff.go            forwards and backwards (Figure 3)
//	optimizers.go          section 7
//	convolution.go         sections 8.1 to 8.3
//	backbones.go           backbones and necks
//	detection.go           section 9 but its metrics
//	metrics.go             equations 28 to 34
//	segmentation.go        section 10
package notes
