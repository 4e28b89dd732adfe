namespace AlertLambda.Tests;

public sealed class HeapTrimTests
{
    private long _size;
    private int _collections;

    [Fact]
    public void All_is_collected_when_the_heap_has_grown_and_not_while_it_stays()
    {
        var heap = new HeapTrim(() => _size, () => (_size, _collections) = (_size / 2, _collections + 1));
        _size = HeapTrim.MostGrowth - 1;
        heap.EndBatch();
        Assert.Equal(0, _collections);

        _size = 2 * HeapTrim.MostGrowth;
        heap.EndBatch();
        Assert.Equal(1, _collections);

        _size = (2 * HeapTrim.MostGrowth) - 1;
        heap.EndBatch();
        Assert.Equal(1, _collections);

        _size++;
        heap.EndBatch();
        Assert.Equal(2, _collections);
    }

    [Fact]
    public void Growth_is_counted_from_where_the_runtime_itself_got_to()
    {
        var heap = new HeapTrim(() => _size, () => _collections++);
        _size = 10 * HeapTrim.MostGrowth;
        heap.EndBatch();
        _size = 5 * HeapTrim.MostGrowth;
        heap.EndBatch();
        Assert.Equal(1, _collections);

        _size = 6 * HeapTrim.MostGrowth;
        heap.EndBatch();
        Assert.Equal(2, _collections);
    }
}
