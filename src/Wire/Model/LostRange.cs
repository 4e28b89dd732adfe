namespace Wire.Model;

/// <summary>Numbers that were given to events which never arrived.</summary>
public readonly record struct LostRange(SequenceRange Range, LossCause Cause);
