using System.Text;

namespace Support.Servers;

/// <summary>An answer on its way back through a <see cref="LoopbackProxy"/>.</summary>
/// <param name="Status">HTTP status.</param>
/// <param name="Body">The body.</param>
public sealed record ProxyAnswer(int Status, byte[] Body)
{
    /// <summary>Headers of the answer, without those of the one connection.</summary>
    public IReadOnlyList<(string Name, string Value)> Headers { get; init; } = [];

    /// <summary>Whether the server did what it was asked to.</summary>
    public bool IsSuccess => Status is >= 200 and < 300;

    /// <summary>An answer that no server gave.</summary>
    public static ProxyAnswer Of(int status, string contentType, string body) =>
        new(status, Encoding.UTF8.GetBytes(body)) { Headers = [("Content-Type", contentType)] };
}
