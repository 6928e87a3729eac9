"use strict";
var catatDesk = { load: function (index) { catatDesk.index = index; }, item: function () {} };
