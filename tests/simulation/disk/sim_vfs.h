// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "tests/simulation/dice.h"

#include <QByteArray>

namespace cf::sim {

class SimDisk;

// SQLite's file system layer over the SimDisks there are, by the beginning of the path; every other
// path goes to the layer that was the default before. Registered as the default with the first
// disk, so that the product opens its files as it always does. One thread.
namespace SimVfs {

void add(const QByteArray &prefix, SimDisk *disk);
void remove(const QByteArray &prefix);
// Locks and shared memory of this disk's files are gone, as after the end of every process.
void forgetSharedMemory(const SimDisk *disk);
// SQLite's own randomness (WAL salts) begins anew from this seed.
void reseed(quint64 seed);

} // namespace SimVfs

} // namespace cf::sim
