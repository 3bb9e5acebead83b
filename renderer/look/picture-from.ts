/** A file somebody chose, as a picture to show to others: decoded here, in the window's sandbox, and drawn anew, so that nothing else in it travels. */

/** Pixels of each side: four times what a list shows. */
const side = 192;

/** PNG in base64, cut to a square from its middle; undefined when it cannot be read as a picture. */
export async function pictureFrom(file: Blob): Promise<string | undefined> {
  try {
    const bitmap = await createImageBitmap(file);
    const canvas = document.createElement('canvas');
    canvas.width = side;
    canvas.height = side;
    const square = Math.min(bitmap.width, bitmap.height);
    const [left, top] = [(bitmap.width - square) / 2, (bitmap.height - square) / 2];
    canvas.getContext('2d')?.drawImage(bitmap, left, top, square, square, 0, 0, side, side);
    bitmap.close();
    return canvas.toDataURL('image/png').split(',')[1];
  } catch {
    return undefined;
  }
}
