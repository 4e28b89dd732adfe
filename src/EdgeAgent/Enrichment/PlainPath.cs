namespace EdgeAgent.Enrichment;

/// <summary>Paths as text. Thread-safe.</summary>
internal static class PlainPath
{
    /// <summary>An absolute path without <c>.</c>, <c>..</c> and empty parts.</summary>
    internal static string Of(string path)
    {
        var parts = new List<string>();
        foreach (var part in path.Split('/'))
        {
            if (part == "..")
            {
                parts.RemoveRange(Math.Max(0, parts.Count - 1), Math.Min(1, parts.Count));
            }
            else if (part is not ("" or "."))
            {
                parts.Add(part);
            }
        }

        return "/" + string.Join('/', parts);
    }

    /// <summary>The last part of an absolute path, and what is above it; no last part where that is <c>..</c>, or there is none.</summary>
    internal static (string Above, string Last) Split(string path)
    {
        var end = path.Length;
        while (end > 0 && (path[end - 1] == '/' || (path[end - 1] == '.' && end > 1 && path[end - 2] == '/')))
        {
            end--;
        }

        var start = path.LastIndexOf('/', Math.Max(0, end - 1)) + 1;
        return end <= start || path[start..end] == ".." ? ("", "") : (path[..start], path[start..end]);
    }
}
