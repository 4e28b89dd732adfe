namespace Support.Servers;

/// <summary>An answer on its way back through a <see cref="LoopbackProxy"/>.</summary>
/// <param name="Status">HTTP status.</param>
/// <param name="Body">The body.</param>
/// <param name="ContentType">Null = none.</param>
public sealed record ProxyAnswer(int Status, byte[] Body, string? ContentType)
{
    /// <summary>The checksum by which a client of DynamoDB checks the body; null = none.</summary>
    public string? Crc32 { get; init; }

    /// <summary>Whether the server did what it was asked to.</summary>
    public bool IsSuccess => Status is >= 200 and < 300;
}
