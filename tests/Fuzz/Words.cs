namespace Fuzz;

/// <summary>What mutations put into texts: words of YAML and of Sigma, numbers at their limits, characters that are special somewhere.</summary>
internal static class Words
{
    public static readonly string[] Tokens =
    [
        "title: ", "id: ", "name: ", "logsource:", "detection:", "condition: ", "correlation:", "filter:", "rules:", "timespan: ", "group-by:",
        "aliases:", "field: ", "level: ", "tags:", "next_steps:", "generate: true", "type: event_count", "type: value_count", "type: value_sum",
        "type: value_avg", "type: value_percentile", "type: value_median", "type: temporal", "type: temporal_ordered", "percentile: 99", "gte: 1",
        "lt: 3", "eq: 0", "neq: 1", "1 of them", "all of selection*", "any of _*", "not ", " and ", " or ", "(", ")", "|contains", "|startswith",
        "|endswith", "|all", "|cased", "|exists", "|neq", "|re", "|re|i|m|s", "|cidr", "|base64", "|base64offset|contains", "|windash", "|utf16le",
        "|utf16be", "|utf16", "|wide", "|lt", "|gte", "|minute", "|year", "|fieldref", "|expand", "%user%", "product: linux",
        "category: process_creation", "category: file_event", "category: network_connection", "category: system_call", "category: file_rename", "category: file_access_failed", "SourceFilename", "service: auditd", "Image", "CommandLine",
        "DestinationIp", "lineage", "session", "host", "process", "10s", "1h", "7d", "99999999999d", "0s", "10.0.0.0/8", "::/0", "a*b?c\\*\\\\",
        "processes:", "tests:", "events:", "incidents: []", "at-most: low", "exec: ", "open: ", "call: rename", "path: /etc/shadow", "error: EACCES", "mode: 4755", "connect: ", "by: ", "at: 1s",
        "\n---\n", "\n...\n", "\n- ", "\n  ", ": ", "- ", "? ", "&a ", "*a ", "<<: ", "!!str ", "!!binary ", "!<tag:x> ", "%YAML 1.2\n", "| ", ">-\n", "# ",
        "{", "}", "[", "]", "\"", "'", ",", "~", "null", "true", "yes", "\t", "\r", "\r\n",
    ];

    public static readonly string[] Numbers =
    [
        "0", "-0", "-1", "1", "2147483647", "2147483648", "-2147483649", "4294967296", "9223372036854775807", "9223372036854775808",
        "18446744073709551615", "18446744073709551616", "79228162514264337593543950335", "79228162514264337593543950336", "1e28", "1e-28", "1e999",
        "-1e308", "0.1", "0.0000000000000000000000000001", "1_000", "0x10", "0o7", "010", "1:30", ".inf", ".nan", "1000000000000000000", "1000001",
    ];

    public static readonly string[] Characters =
    [
        "\0", "\u0001", "\u001B", "\u007F", "\u0085", "\u00A0", "\u00DF", "\u0130", "\u0131", "\u017F", "\u0301", "\u1E9E", "\u200B", "\u2014", "\u2028", "\u202E",
        "\u212A", "\uD800", "\uDFFF", "\uFEFF", "\uFFFD", "\uFFFE", "\uFFFF", "\U0001F600", "\U00010400", "\U0010FFFF", "\\", "*", "?",
    ];
}
