using Wire.Model;

namespace EdgeAgent.Spool;

/// <summary>The newest link of one chain of frames.</summary>
/// <param name="Chain">Names the host and the boot.</param>
/// <param name="Digest">Of the frame that was delivered last.</param>
internal readonly record struct ChainTip(UInt128 Chain, FrameDigest Digest);
