using AlertLambda.Options;
using Wire.Text;

namespace AlertLambda.Archive;

/// <summary>What the archive function is told from outside, valid.</summary>
public sealed record ArchiveOptions
{
    private const string Compression = "ARCHIVE_COMPRESSION";

    /// <summary>
    /// <c>ARCHIVE_COMPRESSION</c>: <c>gzip</c> = each record becomes a gzip member, which concatenated are a gzip file; <c>none</c> = plain lines.
    /// Default: <c>none</c>.
    /// </summary>
    public bool Gzip { get; init; }

    /// <summary>Reads them.</summary>
    /// <param name="variable">Value of an environment variable, or null.</param>
    /// <exception cref="InvalidOptionsException">With every fault.</exception>
    public static ArchiveOptions Read(Func<string, string?> variable)
    {
        ArgumentNullException.ThrowIfNull(variable);
        var compression = variable(Compression)?.Trim();
        return compression switch
        {
            null or "" or "none" => new ArchiveOptions(),
            "gzip" => new ArchiveOptions { Gzip = true },
            _ => throw new InvalidOptionsException([$"{Compression}: '{SafeText.Escape(compression)}' is no way to compress; write gzip or none"]),
        };
    }
}
