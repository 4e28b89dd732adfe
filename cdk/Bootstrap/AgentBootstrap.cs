using System.Text;

namespace Cdk.Bootstrap;

/// <summary>
/// Fills the templates beside this file: script and configuration become one self-contained script. It fetches the archive; unit and set-up are in
/// there, under the same hash.
/// </summary>
public static class AgentBootstrap
{
    /// <summary>The limit of EC2 for user data before base64, in bytes.</summary>
    public const int MaxBytes = 16 * 1024;

    // Tokens grow when CloudFormation resolves them: a bucket name has up to 63 characters, a stream name up to 128.
    private const int RoomForTokens = 1024;

    /// <summary>The script, ready for user data or AWS-RunShellScript.</summary>
    /// <exception cref="InvalidOperationException">A placeholder is left, or the script is too long for user data.</exception>
    public static string Render(AgentBootstrapValues values)
    {
        ArgumentNullException.ThrowIfNull(values);
        var script = Template("install-edge-agent.sh")
            .Replace("{{CONFIG}}", Template("config.json").TrimEnd('\n'), StringComparison.Ordinal)
            .Replace("{{ARTEFACT_BUCKET}}", values.ArtefactBucket, StringComparison.Ordinal)
            .Replace("{{ARTEFACT_KEY}}", values.ArtefactKey, StringComparison.Ordinal)
            .Replace("{{SHA256}}", values.Sha256, StringComparison.Ordinal)
            .Replace("{{MACHINE}}", values.Machine, StringComparison.Ordinal)
            .Replace("{{REGION}}", values.Region, StringComparison.Ordinal)
            .Replace("{{URL_SUFFIX}}", values.UrlSuffix, StringComparison.Ordinal)
            .Replace("{{STREAM_NAME}}", values.StreamName, StringComparison.Ordinal);
        if (script.Contains("{{", StringComparison.Ordinal))
        {
            throw new InvalidOperationException("A placeholder of cdk/Bootstrap is not filled in.");
        }

        var bytes = Encoding.UTF8.GetByteCount(script);
        return bytes <= MaxBytes - RoomForTokens
            ? script
            : throw new InvalidOperationException(
                $"The install script has {bytes} bytes; user data takes {MaxBytes}. Shorten cdk/Bootstrap.");
    }

    private static string Template(string name)
    {
        using var stream = typeof(AgentBootstrap).Assembly.GetManifestResourceStream(name)
            ?? throw new InvalidOperationException($"{name} is not embedded in the assembly.");
        using var reader = new StreamReader(stream, Encoding.UTF8);
        return reader.ReadToEnd();
    }
}
