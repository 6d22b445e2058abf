// Package report writes what training did as a page: one file of HTML that makes no request, with the
// curves of the losses, figures, a confusion matrix, a plot, samples and the layers of the network.
//
//	history, err := trainer.Fit(ctx)
//	…
//	err = report.Page{
//		Headline: "97 % of 500 test images are classified right",
//		History:  history,
//		Model:    net, Input: []int{1, 28, 28},
//	}.Save("training.html")
//
// Every field of a Page may be left out, and then leaves out what it shows. The command nn/train writes
// its pages so.
//
// # Files
//
//	page.go, page.html  the page
//	chart.go            curves and points
//	matrix.go           confusion matrices
package report
