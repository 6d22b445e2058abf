// Package metric measures how good predictions are: of classes, of rankings, of
// numbers, of label maps and of boxes.
//
// A metric is often 0/0: the precision of a class that was never predicted, the
// IoU of a class that is not in the picture. Such a result is a [Score] that is
// not defined and says why, never a quiet 0 or 1; what a mean does with it is
// the caller's choice, a [Policy].
//
// Classification and segmentation count into a [ConfusionMatrix], from which
// the [Counts] of each class are read:
//
//	accuracy, pixel accuracy        Accuracy
//	balanced accuracy               BalancedAccuracy
//	precision, recall, F1 of k      Class(k).Precision() and the like
//	… micro                         Micro().F1()
//	… macro                         Macro(Counts.F1, AsZero)
//	… weighted by support           Weighted(Counts.F1, AsZero)
//	IoU and Dice of k               Class(k).IoU(), Class(k).Dice()
//	mean and frequency weighted IoU MeanIoU, FrequencyWeightedIoU
//	MCC, Cohen's kappa              MCC, Kappa
//
// [Hausdorff] measures how far apart two label maps are.
//
// Scores of a binary classifier are swept by [Sweep] into a [Curve], which
// holds the ROC curve, the precision-recall curve, the area under the first and
// four variants of the average precision. [MeanAP] does the same for detected
// boxes, by class and by threshold of their [IoU].
//
// Labels come first and predictions second, everywhere. Slices whose lengths do
// not fit panic, and so does a score that is NaN where scores are ranked.
//
// In the Cost lines n counts samples (labels, scores, values or pixels) and k classes.
//
// # Files
//
//	score.go                      a result that may be undefined; means
//	counts.go                     metrics of a binary decision
//	confusion.go, report.go       counting many classes; tables
//	curve.go, averageprecision.go ROC and precision-recall curves, areas under them
//	probability.go                metrics of probabilities
//	regression.go                 metrics of numbers
//	box.go, nms.go                the IoU of boxes; suppression of overlaps
//	detection.go                  matching boxes, mAP
//	hausdorff.go                  distances of label maps
package metric
