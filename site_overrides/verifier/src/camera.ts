/** Why there is no picture of a camera. */
export type CameraFault = 'insecure' | 'noCamera' | 'refused' | 'busy';

/** A camera that is on. */
export interface Camera {
  /** Give the middle of what it sees now; null while it shows nothing. */
  frame(): ImageData | null;
  /** Turn its light on or off; null where it has none. */
  readonly light: ((on: boolean) => Promise<void>) | null;
  close(): void;
}

/** The side of the square that is looked at, in pixels, at most. */
const SIDE = 1200;
const WISHES: MediaStreamConstraints = {
  audio: false,
  video: { facingMode: { ideal: 'environment' }, width: { ideal: 1920 }, height: { ideal: 1080 } },
};

/** Turn the camera on, the one at the back where there are two, and show it. */
export async function openCamera(video: HTMLVideoElement): Promise<Camera | CameraFault> {
  // Without https there is none to ask for, whatever the types of the language say.
  const { mediaDevices } = navigator as { mediaDevices?: MediaDevices };
  if (mediaDevices === undefined) return 'insecure';
  let stream: MediaStream;
  try {
    stream = await mediaDevices.getUserMedia(WISHES);
  } catch (fault) {
    return faultOf(fault);
  }
  const [track] = stream.getVideoTracks();
  video.srcObject = stream;
  // It also plays without this as soon as it can, in browsers that wait for nobody's touch.
  video.play().catch(() => undefined);
  const canvas = document.createElement('canvas');
  return {
    frame: () => middleOf(video, canvas),
    light: track === undefined ? null : lightOf(track),
    close() {
      for (const each of stream.getTracks()) each.stop();
      video.srcObject = null;
    },
  };
}

function faultOf(fault: unknown): CameraFault {
  switch (fault instanceof DOMException ? fault.name : '') {
    case 'NotAllowedError':
    case 'SecurityError':
      return 'refused';
    case 'NotFoundError':
    case 'OverconstrainedError':
      return 'noCamera';
    default:
      return 'busy';
  }
}

/** The same square that the page shows. */
function middleOf(video: HTMLVideoElement, canvas: HTMLCanvasElement): ImageData | null {
  const { videoWidth, videoHeight } = video;
  const shorter = Math.min(videoWidth, videoHeight);
  if (shorter === 0) return null;
  const side = Math.min(shorter, SIDE);
  Object.assign(canvas, { width: side, height: side });
  const drawing = canvas.getContext('2d', { willReadFrequently: true })!;
  drawing.drawImage(video, (videoWidth - shorter) / 2, (videoHeight - shorter) / 2, shorter, shorter, 0, 0, side, side);
  return drawing.getImageData(0, 0, side, side);
}

/** Torches are not in every browser, nor in TypeScript's list of what a camera may have. */
function lightOf(track: MediaStreamTrack): ((on: boolean) => Promise<void>) | null {
  const capabilities = track.getCapabilities?.() as { torch?: boolean } | undefined;
  if (!capabilities?.torch) return null;
  return (on) => track.applyConstraints({ advanced: [{ torch: on } as MediaTrackConstraintSet] });
}
