// Package vision builds networks that classify small images, find objects in them and segment them.
// It is made of the layers of package nn, holds no derivative, and reads no data.
//
//	classify   NewLeNet, NewLeNet8                   one class for an image
//	find       Backbone, Pyramid, Detector           boxes with classes and scores
//	segment    UNet                                  one class for every pixel
//
// Sections 8 to 10 of the Deep Learning Reviews (see package nn) cut such networks into backbone, neck and head. A backbone turns
// images into feature maps, each of half the height and width of the one before; the stride of a
// map is how many pixels of the image lie between two of its places. A neck mixes the maps, so that
// fine ones know what coarse ones see. A head reads the answer from every place of a map.
//
// This is what they were measured to learn with their defaults, from 1600 scenes an epoch with
// one to three digits of 12 to 24 pixels in 48×48, drawn anew for every epoch, with optim.Adam,
// the rate on an optim.OneCycle, and Tape.UseFloat32. It takes a few minutes on two cores. The
// figures are those of 300 scenes with digits that were not learned from.
//
//	Detector   batches of 16, rate 0.01    12 epochs   mAP at IoU 0.5   0.94
//	                                       16 epochs                    0.97
//	UNet       batches of 8, rate 0.01      6 epochs   mean IoU         0.85
//	                         rate 0.005     9 of 10 epochs              0.97
//
// With the same 1600 scenes in every epoch the Detector comes to 0.88 in 12 epochs, with the
// same 4000 to 0.97 in 8. A UNet with 8 channels in full size, where it tells 11 classes apart,
// learns much more slowly: two of them came to 0.27 and 0.41 in 6 epochs.
//
// # Files
//
//	lenet.go                                   classifiers
//	backbone.go, block.go, pyramid.go          feature maps
//	detector.go, prediction.go, grid.go        boxes: the network, its results and loss, its cells
//	unet.go                                    segmentation
//
// All networks are nn.Containers: nn.SetTraining, nn.State, nn.Save and nn.Load work on them.
// Images have the shape [images, channels, height, width], and boxes are in pixels: x to the right,
// y downwards, the first pixel from 0 to 1.
package vision
