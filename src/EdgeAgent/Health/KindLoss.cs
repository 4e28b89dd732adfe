using Wire.Model;

namespace EdgeAgent.Health;

/// <summary>Kernel records of one kind that found no space in a lane's ring.</summary>
internal readonly record struct KindLoss(Lane Lane, EventKind Kind, ulong Lost);
