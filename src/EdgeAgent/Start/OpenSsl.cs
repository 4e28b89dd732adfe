using System.Runtime.InteropServices;

namespace EdgeAgent.Start;

/// <summary>OpenSSL, which .NET takes from the host for hashes and TLS, so that the host's updates reach it. Without it the first hash ends the process.</summary>
internal static class OpenSsl
{
    // Those that .NET 10 looks for.
    private static readonly string[] Names = ["libssl.so.3", "libssl.so.1.1", "libssl.so"];

    /// <summary>What is missing, in one line; null = nothing.</summary>
    internal static string? Missing() => Names.Any(name => NativeLibrary.TryLoad(name, out _))
        ? null
        : "OpenSSL is missing (libssl.so.3 or libssl.so.1.1): install the package libssl3 (Debian, Ubuntu) or openssl-libs (Amazon Linux, Fedora)";
}
