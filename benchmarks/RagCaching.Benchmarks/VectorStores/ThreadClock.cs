using System.Diagnostics;
using System.Runtime.InteropServices;

namespace RagCaching.Benchmarks.VectorStores;

/// <summary>Measures the processor time of the calling thread, which other programs on the machine do not add to.</summary>
internal static partial class ThreadClock
{
    private const int ThreadProcessorTime = 3;

    /// <summary>Gets the time in microseconds: of the processor on Linux, of the wall elsewhere.</summary>
    public static double Microseconds
    {
        get
        {
            if (OperatingSystem.IsLinux() && GetTime(ThreadProcessorTime, out var time) == 0)
            {
                return (time.Seconds * 1e6) + (time.Nanoseconds / 1e3);
            }

            return Stopwatch.GetTimestamp() * 1e6 / Stopwatch.Frequency;
        }
    }

    [LibraryImport("libc", EntryPoint = "clock_gettime")]
    private static partial int GetTime(int clock, out Time time);

    [StructLayout(LayoutKind.Sequential)]
    private struct Time
    {
        public long Seconds;
        public long Nanoseconds;
    }
}
