namespace Detection;

/// <summary>Sorts lists of objects, and leaves equal ones in their order.</summary>
/// <remarks>Instead of LINQ's <c>OrderBy</c>, which works with keys and numbers and so is compiled anew by every process that loads rules.</remarks>
internal static class StableSort
{
    /// <summary>Sorts a list in place.</summary>
    /// <param name="list">The list.</param>
    /// <param name="compare">Below 0 when the first comes before the second.</param>
    public static void Sort<T>(T[] list, Comparison<T> compare)
        where T : class
    {
        if (list.Length > 1)
        {
            Sort(list, new T[list.Length], 0, list.Length, compare);
        }
    }

    private static void Sort<T>(T[] list, T[] room, int start, int end, Comparison<T> compare)
        where T : class
    {
        if (end - start < 2)
        {
            return;
        }

        var middle = (start + end) >> 1;
        Sort(list, room, start, middle, compare);
        Sort(list, room, middle, end, compare);
        if (compare(list[middle - 1], list[middle]) <= 0)
        {
            return;
        }

        Array.Copy(list, start, room, start, end - start);
        int left = start, right = middle;
        for (var i = start; i < end; i++)
        {
            list[i] = right == end || (left < middle && compare(room[left], room[right]) <= 0) ? room[left++] : room[right++];
        }
    }
}
