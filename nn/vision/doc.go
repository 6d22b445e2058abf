// Package vision builds networks that classify images, find objects in them and segment them.
package vision
