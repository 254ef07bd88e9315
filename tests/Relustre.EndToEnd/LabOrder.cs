using Xunit.Sdk;
using Xunit.v3;

// One lab a machine: tests that use it run one after the other.
[assembly: Parallelization(Mode = ParallelMode.None)]
