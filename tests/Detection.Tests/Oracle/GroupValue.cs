namespace Detection.Tests.Oracle;

/// <summary>A value of one entry of group-by.</summary>
/// <param name="Name">The entry.</param>
/// <param name="Scope">What keeps equal texts apart: host and boot of a derived key; else empty.</param>
/// <param name="Text">As incidents show it.</param>
internal sealed record GroupValue(string Name, string Scope, string Text)
{
    public override string ToString() => $"{Name}={Text}";
}
