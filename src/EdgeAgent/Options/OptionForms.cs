using System.Globalization;
using System.Net;
using System.Numerics;
using System.Text;
using EdgeAgent.Health;
using EdgeAgent.Intake;
using EdgeAgent.Probes;

namespace EdgeAgent.Options;

/// <summary>Reads the written form of option values. A <see cref="FormatException"/> says what is wrong and what to write instead.</summary>
internal static class OptionForms
{
    internal static string Text(OptionValue value, int longest) =>
        Single(value) is { Length: > 0 } text && text.Length <= longest
            ? text
            : throw new FormatException($"write 1 to {longest} characters");

    internal static string? OptionalText(OptionValue value, int longest) =>
        value.Items.Count == 0 ? null : Text(value, longest);

    internal static long Number(OptionValue value, long least, long most) =>
        long.TryParse(Single(value), NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            && number >= least && number <= most
            ? number
            : throw new FormatException($"'{Single(value)}' is not a number from {least} to {most}");

    internal static uint PowerOfTwoKiB(OptionValue value, long least, long most) =>
        BitOperations.IsPow2(Number(value, least, most))
            ? (uint)Number(value, least, most) * 1024
            : throw new FormatException($"'{Single(value)}' is not a power of two; write for example {BitOperations.RoundUpToPowerOf2((ulong)Number(value, least, most))}");

    internal static bool Boolean(OptionValue value) => Single(value) switch
    {
        "true" => true,
        "false" => false,
        var other => throw new FormatException($"'{other}' is neither true nor false"),
    };

    internal static T Name<T>(OptionValue value)
        where T : struct, Enum => ParseName<T>(Single(value));

    internal static IReadOnlyList<T> Names<T>(OptionValue value)
        where T : struct, Enum => value.Items.Count == 0
            ? throw new FormatException($"write at least one of {KnownNames<T>()}")
            : [.. ParseAll(value.Items, ParseName<T>).Distinct()];

    internal static Uri? Url(OptionValue value) => value.Items.Count == 0
        ? null
        : Uri.TryCreate(Single(value), UriKind.Absolute, out var url) && url.Scheme is "http" or "https"
            ? url
            : throw new FormatException($"'{Single(value)}' is not a URL such as https://kinesis.eu-west-1.amazonaws.com");

    internal static string? StreamName(OptionValue value) =>
        OptionalText(value, 128) is not { } name || name.All(c => char.IsAsciiLetterOrDigit(c) || c is '.' or '_' or '-')
            ? OptionalText(value, 128)
            : throw new FormatException($"'{name}' is not the name of a stream: write letters, digits, '.', '_' and '-', for example edge-prod");

    internal static string Folder(OptionValue value) =>
        Text(value, 3072) is var path && path.StartsWith('/') && path.Trim('/').Length > 0 && !path.Split('/').Any(p => p is "." or "..")
            ? path
            : throw new FormatException($"'{path}' is not an absolute path without . and ..; write for example /var/lib/edge-agent/spool");

    internal static IReadOnlyList<string> Paths(OptionValue value) => ParseAll(value.Items, ParsePath);

    internal static string? PathOrOff(OptionValue value) => Single(value) switch
    {
        "off" => null,
        var path when Path.IsPathFullyQualified(path) && path.Length <= 255 => Path.TrimEndingDirectorySeparator(Path.GetFullPath(path)),
        var other => throw new FormatException($"'{other}' is neither off nor an absolute path of at most 255 characters such as /sys/fs/bpf/edge-agent"),
    };

    internal static string? SocketOrOff(OptionValue value) => Single(value) switch
    {
        "off" => null,
        var path when path.StartsWith('/') && path.Length <= 255 && !path.Split('/')[1..].Any(part => part is "" or "." or "..") =>
            Encoding.UTF8.GetByteCount(path.AsSpan(path.LastIndexOf('/') + 1)) <= SocketFolder.LongestName ? path
                : throw new FormatException($"the last part of '{path}' is longer than {SocketFolder.LongestName} bytes, more than the address of a socket holds: write a shorter one, such as /run/edge-agent/health.sock"),
        var other => throw new FormatException($"'{other}' is neither off nor an absolute path of at most 255 characters without . and .., such as /run/edge-agent/health.sock"),
    };

    internal static int Port(OptionValue value) => Number(value, 0, 65_535) is var port && port is 0 or >= 1024
        ? (int)port
        : throw new FormatException($"'{port}' is a port that needs rights which the agent gives up: write 0 for none, or 1024 to 65535");

    internal static IReadOnlyList<string> Probes(OptionValue value) => ParseAll(value.Items, item =>
        Backend.OfAnyKernel.Any(backend => backend.FullName == item)
            ? item
            : throw new FormatException($"'{item}' is not one of {string.Join(", ", Backend.OfAnyKernel.Select(backend => backend.FullName))}"));

    internal static IReadOnlyList<IPNetwork> Networks(OptionValue value) => ParseAll(value.Items, item => ParseNetwork(item, item));

    internal static IReadOnlyList<IPNetwork> NetworkFiles(OptionValue value) =>
        [.. ParseAll(value.Items, item => NetworksOf(Path.Combine(value.Folder, item))).SelectMany(networks => networks)];

    internal static IReadOnlyList<string> Files(OptionValue value) => [.. value.Items.Select(item => Path.GetFullPath(Path.Combine(value.Folder, item)))];

    private static List<IPNetwork> NetworksOf(string file)
    {
        try
        {
            var lines = File.ReadLines(file).Select((line, i) => (Text: line.Split('#')[0].Trim(), Number: i + 1));
            return ParseAll(lines.Where(l => l.Text.Length > 0), l => ParseNetwork(l.Text, $"{file} line {l.Number}: {l.Text}"));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new FormatException($"cannot read {file}: {e.Message}", e);
        }
    }

    /// <summary>Parses all items, so that all that is wrong with them is said at once.</summary>
    private static List<TOut> ParseAll<TIn, TOut>(IEnumerable<TIn> items, Func<TIn, TOut> parse)
    {
        var values = new List<TOut>();
        var problems = new List<string>();
        foreach (var item in items)
        {
            try
            {
                values.Add(parse(item));
            }
            catch (FormatException e)
            {
                problems.Add(e.Message);
            }
        }

        return problems.Count == 0 ? values : throw new FormatException(string.Join("; ", problems));
    }

    private static string ParsePath(string path)
    {
        if (!path.StartsWith('/') || path.Split('/').Any(p => p is "." or ".."))
        {
            throw new FormatException($"'{path}' is not an absolute path without . and ..; write for example /etc/shadow");
        }

        var last = path.TrimEnd('/').Split('/')[^1];
        return System.Text.Encoding.UTF8.GetByteCount(last) < KernelContract.NameMax
            ? path
            : throw new FormatException(
                $"'{path}': the last part is longer than {KernelContract.NameMax - 1} bytes; watch its folder instead");
    }

    private static IPNetwork ParseNetwork(string text, string place)
    {
        // IPNetwork drops host bits without a word; 10.1.0.0/8 may have been meant as /16.
        var isNetwork = IPNetwork.TryParse(text, out var network);
        if (isNetwork && IPAddress.Parse(text.Split('/')[0]).Equals(network.BaseAddress))
        {
            return network;
        }

        var meant = isNetwork ? $"{network}" : "10.0.0.0/8 or 2001:db8::/32";
        throw new FormatException($"'{place}' is not a network in CIDR form; write for example {meant}");
    }

    private static T ParseName<T>(string text)
        where T : struct, Enum =>
        Enum.GetNames<T>().Contains(text, StringComparer.OrdinalIgnoreCase)
            ? Enum.Parse<T>(text, ignoreCase: true)
            : throw new FormatException($"'{text}' is not one of {KnownNames<T>()}");

    private static string KnownNames<T>()
        where T : struct, Enum => string.Join(", ", Enum.GetNames<T>().Select(n => n.ToLowerInvariant()));

    private static string Single(OptionValue value) => value.Items.Count == 1
        ? value.Items[0]
        : throw new FormatException($"write exactly one value instead of {value.Items.Count}");
}
