using Detection.Correlation;
using FsCheck;
using FsCheck.Fluent;
using Wire.Model;

namespace Detection.Tests.Correlation;

public sealed class SequenceSetTests
{
    [Theory]
    [InlineData(new ulong[] { 1, 2, 3 }, 1)]
    [InlineData(new ulong[] { 3, 2, 1 }, 1)]
    [InlineData(new ulong[] { 1, 3 }, 2)]
    [InlineData(new ulong[] { 1, 3, 2 }, 1)]
    [InlineData(new ulong[] { 5, 9, 7, 8, 6 }, 1)]
    [InlineData(new ulong[] { 0, ulong.MaxValue }, 2)]
    public void Numbers_join_to_ranges_and_are_new_only_once(ulong[] numbers, int ranges)
    {
        var set = new SequenceSet();

        Assert.All(numbers, number => Assert.True(set.Add(number)));
        Assert.All(numbers, number => Assert.False(set.Add(number)));
        Assert.Equal(ranges, set.RangeCount);
    }

    [Fact]
    public void Forgotten_numbers_are_new_again()
    {
        var set = new SequenceSet();
        set.Add(1);
        set.Add(5);

        set.RemoveLowest();

        Assert.True(set.Add(1));
        Assert.False(set.Add(5));
    }

    [Fact]
    public void Ranges_and_numbers_in_any_order_are_the_set_of_their_numbers() => Prop
        .ForAll(ArbMap.Default.ArbFor<(byte, byte)[]>(), spans =>
        {
            var set = new SequenceSet();
            var numbers = new SortedSet<ulong>();
            foreach (var (first, length) in spans)
            {
                var range = new SequenceRange(first + 1ul, first + (ulong)(length % 8));
                set.Add(range);
                for (var number = range.First; number <= range.Last; number++)
                {
                    numbers.Add(number);
                }
            }

            var ranges = numbers.Count(number => !numbers.Contains(number + 1));
            return set.RangeCount == ranges && Enumerable.Range(0, 300).All(number => set.Add((ulong)number) != numbers.Contains((ulong)number));
        })
        .QuickCheckThrowOnFailure();
}
